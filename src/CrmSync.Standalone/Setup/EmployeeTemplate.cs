namespace CrmSync.Standalone.Setup;

/// <summary>An example of a file with the settings of the employee sync.</summary>
internal static class EmployeeTemplate
{
    /// <summary>The example, with comments: the reader lets them pass.</summary>
    public const string Text = """
        {
          // Only after "crmsync employees test" has passed with the same settings.
          "enabled": false,
          // active: active members become active employees; all: inactive members
          // inactive ones as well; inactive: active members become inactive ones.
          "status": "active",
          // Names or ids; "*" for all, [] for nobody.
          "memberTypes": "*",
          // One of the directory's active profiles; null for none.
          "profile": "Employee",
          // manually: by "crmsync employees invite"; automatically: when created.
          "invitations": "manually",
          "holdInvitations": false,
          // Whether employees of members who have left are made inactive.
          "deactivateLeavers": false,
          // Ids of employees, or addresses, that are never touched.
          "protected": [],
          // More than this share of the linked ones, and than the number: it asks.
          "limits": {
            "deactivations": { "share": 0.1, "atLeast": 5 },
            "creations": { "share": 0.5, "atLeast": 20 }
          },
          // The directory that comes with CrmSync, or one that speaks SCIM 2.0:
          "directory": { "kind": "built-in" },
          // "directory": {
          //   "kind": "scim",
          //   "address": "https://people.example.com/scim/v2",
          //   "tokenEnv": "DIRECTORY_TOKEN",
          //   "targets": { "profile": "roles[primary eq true].value" }
          // },
          // "mail": {
          //   "host": "smtp.example.com",
          //   "port": 587,
          //   "encryption": "start-tls",
          //   "user": "hr",
          //   "passwordEnv": "MAIL_PASSWORD",
          //   "from": "HR <hr@example.com>",
          //   "link": "https://people.example.com/welcome/{token}"
          // }
        }
        """;
}
