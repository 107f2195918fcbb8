namespace CrmSync.ConnectWise.Errors;

/// <summary>ConnectWise's own names of the security-role lines that guard the endpoints in use.</summary>
/// <remarks>From integrators' least-privilege guides; the line for activities is the role editor's label and unconfirmed by the vendor.</remarks>
internal static class PermissionTable
{
    private const string TableSetup = "System › Table Setup: Inquire All";

    private static readonly (string Prefix, string Permission)[] Lines =
    [
        ("company/contacts/types", TableSetup),
        ("company/companies/types", TableSetup),
        ("company/companies/statuses", TableSetup),
        ("company/communicationTypes", TableSetup),
        ("company/contacts", "Companies › Contacts: Inquire All"),
        ("company/", "Companies › Company Maintenance: Inquire All"),
        ("sales/opportunities/types", TableSetup),
        ("sales/opportunities/statuses", TableSetup),
        ("sales/stages", TableSetup),
        ("sales/probabilities", TableSetup),
        ("sales/activities/types", TableSetup),
        ("sales/activities/statuses", TableSetup),
        ("sales/activities", "Sales › Sales Activity: Inquire All"),
        ("sales/", "Sales › Opportunity: Inquire All"),
        ("procurement/types", TableSetup),
        ("procurement/categories", TableSetup),
        ("procurement/subcategories", TableSetup),
        ("procurement/products", "Procurement › Products: Inquire All"),
        ("procurement/", "Procurement › Product Catalog: Inquire All"),
        ("finance/", TableSetup),
        ("time/", TableSetup),
        ("system/members/types", TableSetup),
        ("system/userDefinedFields", TableSetup),
        ("system/members", "System › Member Maintenance: Inquire All"),
        ("system/documents", "Companies › Manage Documents: Inquire All"),
        ("system/callbacks", "System › (the API member's role needs a System right for callbacks)"),
    ];

    /// <summary>The line that guards a path below <c>apis/3.0/</c>; general words when the path is not in the table.</summary>
    public static string For(string path)
    {
        if (path.EndsWith("/image", StringComparison.OrdinalIgnoreCase))
        {
            return "Companies › Manage Documents: Inquire All";
        }

        foreach (var (prefix, permission) in Lines)
        {
            if (path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return permission;
            }
        }

        return $"the security-role line that covers {path}";
    }
}
