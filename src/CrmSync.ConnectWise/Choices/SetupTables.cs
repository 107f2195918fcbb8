using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Choices;

/// <summary>Where an entity's set-up tables are, below <c>apis/3.0/</c>; null where it has none.</summary>
internal sealed record SetupTables
{
    public string? Types { get; private init; }

    public string? Statuses { get; private init; }

    public string? Stages { get; private init; }

    public string? Categories { get; private init; }

    public string? BillingCycles { get; private init; }

    /// <summary>The tables that there are.</summary>
    public IEnumerable<string> Paths => new[] { Types, Statuses, Stages, Categories, BillingCycles }.OfType<string>();

    public static SetupTables Of(Entity entity) => entity switch
    {
        Entity.User or Entity.Employee => new SetupTables { Types = "system/members/types" },
        Entity.Company => new SetupTables { Types = "company/companies/types", Statuses = "company/companies/statuses" },
        Entity.Contact => new SetupTables { Types = "company/contacts/types" },
        Entity.Solution => new SetupTables
        {
            Types = "procurement/types",
            Categories = "procurement/categories",
            BillingCycles = "finance/billingCycles",
        },
        Entity.Activity => new SetupTables { Types = "sales/activities/types", Statuses = "sales/activities/statuses" },
        Entity.Opportunity => new SetupTables
        {
            Types = "sales/opportunities/types",
            Statuses = "sales/opportunities/statuses",
            Stages = "sales/stages",
        },
    };
}
