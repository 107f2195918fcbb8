namespace CrmSync.Standalone.Setup;

/// <summary>An example of a set-up file.</summary>
internal static class SetupTemplate
{
    /// <summary>The example, with comments: the reader lets them pass.</summary>
    public const string Text = """
        {
          "tenant": "acme",
          "name": "Acme IT Services",
          "connection": {
            "site": "na.myconnectwise.net",
            "company": "acme",
            "publicKey": "public key of the API member",
            // The private key itself goes into "privateKey"; this names a variable.
            "privateKeyEnv": "CONNECTWISE_PRIVATE_KEY",
            "clientId": "00000000-0000-0000-0000-000000000000",
            "defaultCountry": "US",
            "concurrency": 4
            // The CRM that comes with CrmSync, unless another one is named:
            // "crm": {
            //   "kind": "http",
            //   "address": "https://crm.example.com",
            //   "tokenEnv": "CRM_TOKEN"
            // }
          },
          // "*" stands for all types, each mapped to the CRM's of the equal name, or
          // to "No type" (null). "except" names those that are left out.
          "users": { "types": "*", "invite": true },
          "companies": {
            // Names or ids. Lines of their own come before the "*".
            "types": [
              { "connectWise": "Client", "crm": "Client", "list": "Clients" },
              { "connectWise": "Prospect", "crm": "Prospect", "list": "Prospects" },
              "*"
            ],
            "except": [ "Competitor" ]
          },
          "contacts": { "types": "*" },
          // Each combination of type, category and billing cycle (null: billed once).
          "solutions": { "combinations": "*" },
          // An activity type of another name than Call, Email, Note or Meeting comes
          // in only where a line says as what.
          "activities": {
            "types": [
              { "connectWise": "Appointment", "kind": "meeting" },
              { "connectWise": "Note to File", "kind": "note" },
              "*"
            ]
          },
          // The first line that fits decides; null stands for any. "*" maps statuses,
          // then stages of equal names, and the rest to the first pipeline's beginning.
          "opportunities": {
            "types": "*",
            "stages": [
              { "status": "Won", "stage": null, "pipeline": "Sales", "crmStage": "Won" },
              { "status": "Lost", "stage": null, "pipeline": "Sales", "crmStage": "Lost" },
              "*"
            ]
          }
        }
        """;
}
