using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>The choices that a tenant starts with, and which field offers which of them.</summary>
internal static class DefaultChoices
{
    /// <summary>What a new tenant has; its people change it.</summary>
    public static CrmChoices Value { get; } = new()
    {
        Roles = ["No type", "Marketer", "Salesperson", "Manager"],
        CompanyTypes = ["Prospect", "Client", "Former client", "Partner", "Vendor", "No type"],
        ContactTypes = ["Decision maker", "Billing contact", "Technical contact", "End user", "No type"],
        SolutionCategories = ["Managed services", "Cloud", "Security", "Hardware", "Software", "Projects", "Other"],
        OpportunityTypes = ["New business", "Upsell", "Renewal", "Project", "No type"],
        Pipelines =
        [
            new("Sales", ["Qualification", "Needs analysis", "Proposal", "Negotiation", "Won", "Lost"]),
            new("Renewals", ["Upcoming", "Contacted", "Quoted", "Renewed", "Lost"]),
        ],
        Lists = ["Clients", "Prospects", "Partners"],
    };

    /// <summary>The kinds of an activity (SU-7): no one changes these.</summary>
    public static IReadOnlyList<string> ActivityKinds { get; } = ["call", "email", "note", "meeting"];

    /// <summary>The names that a standard field accepts; empty where it is no choice.</summary>
    public static IReadOnlyList<string> Of(CrmChoices choices, Entity entity, string key) => (entity, key) switch
    {
        (Entity.User, FieldKeys.Role) => choices.Roles,
        (Entity.Company, FieldKeys.Type) => choices.CompanyTypes,
        (Entity.Contact, FieldKeys.Type) => choices.ContactTypes,
        (Entity.Solution, FieldKeys.Category) => choices.SolutionCategories,
        (Entity.Activity, FieldKeys.Kind) => ActivityKinds,
        (Entity.Opportunity, FieldKeys.Type) => choices.OpportunityTypes,
        (Entity.Opportunity, FieldKeys.Pipeline) => [.. choices.Pipelines.Select(pipeline => pipeline.Name)],
        (Entity.Opportunity, FieldKeys.Stage) => [.. choices.Pipelines.SelectMany(pipeline => pipeline.Stages).Distinct(StringComparer.OrdinalIgnoreCase)],
        _ => [],
    };
}
