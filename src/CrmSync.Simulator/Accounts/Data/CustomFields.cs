namespace CrmSync.Simulator.Accounts.Data;

/// <summary>A field that this account's administrator added to a screen.</summary>
internal sealed record CustomField(int Id, SimulatedList List, string Caption, string Type, string EntryMethod, int Decimals, int PodId, string Pod)
{
    /// <summary>The choices, for fields entered from a list.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>Ids beyond the documented examples do not matter; they only have to stay the same.</summary>
    public string ConnectWiseId => $"{Id:x8}-7535-ef11-828c-de755223c039";
}

/// <summary>The custom fields of the account, one or more of every type that a mapping may meet.</summary>
internal static class CustomFields
{
    public static readonly CustomField[] All =
    [
        new(11, SimulatedList.Company, "Renewal Date", "Date", "Date", 0, 1, "company_overview"),
        new(12, SimulatedList.Company, "Managed Seats", "Number", "EntryField", 0, 1, "company_overview"),
        new(13, SimulatedList.Company, "Service Tier", "Text", "List", 0, 1, "company_overview") { Options = ["Gold", "Silver", "Bronze"] },
        new(14, SimulatedList.Company, "NDA Signed", "Checkbox", "EntryField", 0, 2, "company_detail"),
        new(15, SimulatedList.Contact, "external_contact_id", "Number", "EntryField", 0, 4, "contact_overview"),
        new(16, SimulatedList.Contact, "is_synced", "Text", "List", 0, 5, "contact_detail") { Options = ["true", "false"] },
        new(51, SimulatedList.Contact, "LinkedIn URL", "Text", "EntryField", 0, 4, "contact_overview"),
        new(59, SimulatedList.Contact, "Email Marketing Opt-In", "Checkbox", "EntryField", 0, 4, "contact_overview"),
        new(60, SimulatedList.Contact, "Contract End", "Date", "Date", 0, 4, "contact_overview"),
        new(71, SimulatedList.Opportunity, "Competitor", "Text", "EntryField", 0, 10, "opportunity_overview"),
        new(72, SimulatedList.Opportunity, "Discount", "Percent", "EntryField", 2, 10, "opportunity_overview"),
        new(81, SimulatedList.Activity, "Outcome", "Text", "List", 0, 12, "activity_overview") { Options = ["Reached", "Voicemail", "No answer"] },
        new(91, SimulatedList.CatalogItem, "Lead Time Days", "Number", "EntryField", 0, 14, "product_overview"),
        new(95, SimulatedList.Member, "Shirt Size", "Text", "List", 0, 16, "member_overview") { Options = ["S", "M", "L", "XL"] },
    ];
}
