using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Simulator;

namespace CrmSync.EndToEnd.Accounting;

/// <summary>
/// What comes in by the rules and the tests' own mapping, said again from ConnectWise's documents and not by asking the planner.
/// Contacts, users and solutions that others point to are looked up among the links, whose truth other tests hold.
/// </summary>
internal sealed class Rulebook(SimulatedAccount account, Func<Entity, long, bool> isLinked)
{
    private static readonly Dictionary<long, (string Type, string? List)> CompanyTypes = new()
    {
        [1] = ("Client", "Clients"),
        [2] = ("Prospect", "Prospects"),
        [4] = ("Former client", null),
        [5] = ("Partner", "Friends of the house"),
        [0] = ("No type", "Unsorted"),
    };

    private static readonly Dictionary<long, string?> ContactTypes = new()
    {
        [1] = "Decision maker",
        [2] = "Decision maker",
        [3] = "End user",
        [4] = "Billing contact",
        [6] = null,
        [0] = "No type",
    };

    private static readonly Dictionary<long, string> ActivityKinds = new() { [1] = "call", [2] = "meeting", [3] = "email", [4] = "call", [5] = "note" };

    private static readonly Dictionary<long, string> OpportunityTypes = new() { [1] = "New business", [2] = "Renewal", [3] = "Project", [0] = "No type" };

    public static SimulatedList ListOf(Entity stage) => stage switch
    {
        Entity.User or Entity.Employee => SimulatedList.Member,
        Entity.Company => SimulatedList.Company,
        Entity.Contact => SimulatedList.Contact,
        Entity.Solution => SimulatedList.CatalogItem,
        Entity.Activity => SimulatedList.Activity,
        Entity.Opportunity => SimulatedList.Opportunity,
    };

    public JsonObject Document(Entity stage, long id) => account.Find(ListOf(stage), (int)id)!;

    /// <summary>Why a record stays outside; null where it comes in (or waits for a decision).</summary>
    public string? SkipReason(Entity stage, JsonObject record) => stage switch
    {
        Entity.Company => Flag(record, "deletedFlag") || Id(record, "status") is 2 or 13 ? "inactive"
            : CompanyTypes.ContainsKey(FirstType(record)) ? null : "type-not-mapped",
        Entity.Contact => Flag(record, "inactiveFlag") ? "inactive" : ContactType(record) is null ? "type-not-mapped" : null,
        Entity.Solution => Flag(record, "inactiveFlag") ? "inactive"
            : Id(record, "type") is null or 2 || Id(record, "category") is null ? "type-not-mapped" : null,
        Entity.Activity => !ActivityKinds.ContainsKey(Id(record, "type") ?? 0) ? "type-not-mapped" : ActivityReason(record),
        Entity.Opportunity => OpportunityTypes.ContainsKey(Id(record, "type") ?? 0) ? null : "type-not-mapped",
        Entity.User or Entity.Employee => null,
    };

    public static string TypeOfCompany(JsonObject company) => CompanyTypes[FirstType(company)].Type;

    /// <summary>CT-1: the list of the first type of the contact's company, where that company is in the CRM.</summary>
    public string? ListOfContact(JsonObject contact) => Id(contact, "company") is { } company && isLinked(Entity.Company, company)
        ? CompanyTypes[FirstType(Document(Entity.Company, company))].List : null;

    /// <summary>The type of a contact that comes in, in an array of its own since it may be none; null where no type is mapped.</summary>
    public static string?[]? ContactType(JsonObject contact)
    {
        var types = Types(contact);
        foreach (var type in types.Count == 0 ? [0] : types)
        {
            if (ContactTypes.TryGetValue(type, out var name))
            {
                return [name];
            }
        }

        return null;
    }

    public static string KindOf(JsonObject activity) => ActivityKinds[Id(activity, "type")!.Value];

    public static string TypeOfOpportunity(JsonObject opportunity) => OpportunityTypes[Id(opportunity, "type") ?? 0];

    public static string StageOf(JsonObject opportunity) => (Id(opportunity, "status"), Id(opportunity, "stage")) switch
    {
        (2, _) => "Won",
        (3, _) => "Lost",
        (_, 3) => "Proposal",
        _ => "Qualification",
    };

    /// <summary>The id of the record that a reference names.</summary>
    public static long? Id(JsonObject record, string reference) => record[reference]?["id"]?.GetValue<long>();

    private static bool Flag(JsonObject record, string name) => record[name]?.GetValue<bool>() == true;

    private static List<long> Types(JsonObject record) => [.. record["types"]!.AsArray().Select(type => type!["id"]!.GetValue<long>())];

    // CO-1: the first type, and no other.
    private static long FirstType(JsonObject record) => Types(record) is [var first, ..] ? first : 0;

    private string? ActivityReason(JsonObject activity)
    {
        var contact = Id(activity, "contact");
        return contact is { } person && !isLinked(Entity.Contact, person) ? "contact-not-imported"
            : contact is null && !(Id(activity, "company") is { } company && isLinked(Entity.Company, company)) ? "company-not-imported"
            : !(Id(activity, "assignTo") is { } user && isLinked(Entity.User, user)) ? "user-not-in-crm"
            : null;
    }
}
