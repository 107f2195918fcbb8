namespace CrmSync.Simulator.Accounts.Data;

/// <summary>The links in <c>_info</c>, by the names that recorded answers and the developer guide give them.</summary>
internal static class Links
{
    public static readonly (string Name, string Path)[] Company =
    [
        ("contacts_href", "company/contacts?conditions=company/id={0}"), ("agreements_href", "finance/agreements?conditions=company/id={0}"),
        ("tickets_href", "service/tickets?conditions=company/id={0}"), ("opportunities_href", "sales/opportunities?conditions=company/id={0}"),
        ("activities_href", "sales/activities?conditions=company/id={0}"), ("documents_href", "system/documents?recordType=Company&recordId={0}"),
        ("sites_href", "company/companies/{0}/sites"), ("notes_href", "company/companies/{0}/notes"),
    ];

    public static readonly (string Name, string Path)[] Contact =
    [
        ("communications_href", "company/contacts/{0}/communications"), ("notes_href", "company/contacts/{0}/notes"),
        ("tracks_href", "company/contacts/{0}/tracks"), ("portalSecurity_href", "company/contacts/{0}/portalSecurity"),
        ("activities_href", "sales/activities?conditions=contact/id={0}"), ("documents_href", "system/documents?recordType=Contact&recordId={0}"),
        ("configurations_href", "company/configurations?conditions=contact/id={0}"), ("tickets_href", "service/tickets?conditions=contact/id={0}"),
        ("opportunities_href", "sales/opportunities?conditions=contact/id={0}"), ("projects_href", "project/projects?conditions=contact/id={0}"),
        ("image_href", "company/contacts/{0}/image"),
    ];

    public static readonly (string Name, string Path)[] Member =
        [("image_href", "system/members/{0}/image")];

    public static readonly (string Name, string Path)[] CatalogItem =
        [("components_href", "procurement/catalog/{0}/components"), ("pricing_href", "procurement/pricingschedules/{0}/details")];

    public static readonly (string Name, string Path)[] Activity =
        [("reminders_href", "sales/activities/{0}/reminders")];

    public static readonly (string Name, string Path)[] Opportunity =
    [
        ("forecast_href", "sales/opportunities/{0}/forecast"), ("notes_href", "sales/opportunities/{0}/notes"),
        ("contacts_href", "sales/opportunities/{0}/contacts"), ("team_href", "sales/opportunities/{0}/team"),
        ("activities_href", "sales/activities?conditions=opportunity/id={0}"),
    ];
}
