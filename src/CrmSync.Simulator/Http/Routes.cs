using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Http;

/// <summary>A path that leads to a list of the account.</summary>
internal sealed record ListRoute(string Path, SimulatedList List, string Permission, string BundleName);

/// <summary>The lists' paths, with the permission line that each asks for and the name that bundles call it by.</summary>
internal static class Routes
{
    public static readonly ListRoute[] Lists =
    [
        new("company/companies", SimulatedList.Company, PermissionLines.CompanyMaintenance, "company"),
        new("company/companies/types", SimulatedList.CompanyType, PermissionLines.TableSetup, "companytype"),
        new("company/companies/statuses", SimulatedList.CompanyStatus, PermissionLines.TableSetup, "companystatus"),
        new("company/contacts", SimulatedList.Contact, PermissionLines.Contacts, "contact"),
        new("company/contacts/types", SimulatedList.ContactType, PermissionLines.TableSetup, "contacttype"),
        new("company/contacts/relationships", SimulatedList.ContactRelationship, PermissionLines.TableSetup, "contactrelationship"),
        new("company/contacts/departments", SimulatedList.ContactDepartment, PermissionLines.TableSetup, "contactdepartment"),
        new("company/communicationTypes", SimulatedList.CommunicationType, PermissionLines.TableSetup, "communicationtype"),
        new("company/countries", SimulatedList.Country, PermissionLines.TableSetup, "country"),
        new("company/noteTypes", SimulatedList.NoteType, PermissionLines.TableSetup, "notetype"),
        new("procurement/catalog", SimulatedList.CatalogItem, PermissionLines.ProductCatalog, "catalogitem"),
        new("procurement/types", SimulatedList.ProductType, PermissionLines.TableSetup, "producttype"),
        new("procurement/categories", SimulatedList.ProductCategory, PermissionLines.TableSetup, "productcategory"),
        new("procurement/subcategories", SimulatedList.ProductSubCategory, PermissionLines.TableSetup, "productsubcategory"),
        new("procurement/manufacturers", SimulatedList.Manufacturer, PermissionLines.TableSetup, "manufacturer"),
        new("finance/billingCycles", SimulatedList.BillingCycle, PermissionLines.TableSetup, "billingcycle"),
        new("sales/activities", SimulatedList.Activity, PermissionLines.SalesActivity, "activity"),
        new("sales/activities/types", SimulatedList.ActivityType, PermissionLines.TableSetup, "activitytype"),
        new("sales/activities/statuses", SimulatedList.ActivityStatus, PermissionLines.TableSetup, "activitystatus"),
        new("sales/opportunities", SimulatedList.Opportunity, PermissionLines.Opportunity, "opportunity"),
        new("sales/opportunities/types", SimulatedList.OpportunityType, PermissionLines.TableSetup, "opportunitytype"),
        new("sales/opportunities/statuses", SimulatedList.OpportunityStatus, PermissionLines.TableSetup, "opportunitystatus"),
        new("sales/opportunities/ratings", SimulatedList.OpportunityRating, PermissionLines.TableSetup, "opportunityrating"),
        new("sales/stages", SimulatedList.SalesStage, PermissionLines.TableSetup, "opportunitystage"),
        new("sales/probabilities", SimulatedList.SalesProbability, PermissionLines.TableSetup, "salesprobability"),
        new("sales/roles", SimulatedList.SalesRole, PermissionLines.TableSetup, "role"),
        new("system/members", SimulatedList.Member, PermissionLines.MemberMaintenance, "member"),
        new("system/members/types", SimulatedList.MemberType, PermissionLines.TableSetup, "membertype"),
        new("time/workRoles", SimulatedList.WorkRole, PermissionLines.TableSetup, "workrole"),
        new("system/locations", SimulatedList.Location, PermissionLines.TableSetup, "location"),
        new("system/departments", SimulatedList.Department, PermissionLines.TableSetup, "department"),
        new("system/userDefinedFields", SimulatedList.UserDefinedField, PermissionLines.TableSetup, "userdefinedfield"),
    ];
}

/// <summary>Children of one record: <c>{parent}/#/{name}</c>, with <c>/count</c> and <c>/#</c> below.</summary>
internal sealed record ChildRoute(string Path, SimulatedList Parent, string Permission, Func<RecordKey, ChildView> Open);

/// <summary>The lists that a child path shows: its own, and the one that ids below it are looked up in.</summary>
/// <param name="List">What the path itself shows.</param>
/// <param name="Single">What <c>/{id}</c> below it is looked up in.</param>
/// <param name="Within">The range of ids that belong to the parent, where the list holds those of others as well.</param>
internal sealed record ChildView(RecordSource List, RecordSource Single, (int Least, int Most)? Within = null);

/// <summary>The children's paths.</summary>
internal static class ChildRoutes
{
    public static ChildRoute[] Of(ChildLists children) =>
    [
        new("company/companies/#/typeAssociations", SimulatedList.Company, PermissionLines.CompanyMaintenance, k => Pairs(children.CompanyTypes, k)),
        new("company/contacts/#/typeAssociations", SimulatedList.Contact, PermissionLines.Contacts, k => Pairs(children.ContactTypes, k)),
        new("company/contacts/#/communications", SimulatedList.Contact, PermissionLines.Contacts, k => Own(children.Communications(k))),
        new("sales/opportunities/#/forecast", SimulatedList.Opportunity, PermissionLines.Opportunity,
            k => new ChildView(children.Forecast(k), children.ForecastItems(k))),
        new("sales/opportunities/#/notes", SimulatedList.Opportunity, PermissionLines.Opportunity, k => Own(children.Notes(k))),
    ];

    private static ChildView Own(RecordSource rows) => new(rows, rows);

    private static ChildView Pairs(TypeAssociations pairs, RecordKey parent)
    {
        var first = parent.Id * TypeAssociations.IdsPerRecord;
        return new ChildView(pairs, pairs, (first, first + TypeAssociations.IdsPerRecord - 1));
    }
}
