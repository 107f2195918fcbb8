using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Conditions;

/// <summary>Conditions as they are documented, asked over HTTP of one company and one contact that are known in every member.</summary>
public sealed class ConditionTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;
    private int _company;
    private int _contact;

    public async Task InitializeAsync()
    {
        _host = await SimulatorHost.StartAsync(new SimulatorOptions { Companies = 5, Contacts = 5 });
        _company = _host.Server.Account.Create(SimulatedList.Company, JsonNode.Parse(
            """
            {"identifier":"Acme","name":"Acme \"Best\" Corp","status":{"id":1},"phoneNumber":"(813) 555-0100","deletedFlag":false,"annualRevenue":12.5,
             "numberOfEmployees":40,"dateAcquired":"2016-08-20T18:04:26Z","lastUpdated":"2024-02-29T10:00:00Z","types":[{"id":1},{"id":3}],
             "customFields":[{"id":11,"caption":"Renewal Date","type":"Date","value":"2027-01-31T00:00:00Z"},{"id":12,"caption":"Seats","type":"Number","value":null}]}
            """)!.AsObject());
        _contact = _host.Server.Account.Create(SimulatedList.Contact, JsonNode.Parse(
            """
            {"firstName":"John","lastName":"O'Neil\\Smith","company":{"id":251},"inactiveFlag":false,"types":[{"id":2}],
             "communicationItems":[{"type":{"id":1},"value":"john@acme.example","communicationType":"Email","defaultFlag":true},
                                   {"type":{"id":2},"value":"8135550100","communicationType":"Phone","defaultFlag":true}]}
            """)!.AsObject());
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("name = \"acme \\\"best\\\" corp\"", true)]
    [InlineData("name='Acme \"Best\" Corp'", true)]
    [InlineData("name != \"Acme\"", true)]
    [InlineData("name like \"Acme*\"", true)]
    [InlineData("name LIKE \"%best%\"", true)]
    [InlineData("name like \"best%\"", false)]
    [InlineData("name not like \"best%\"", true)]
    [InlineData("name contains \"BEST\"", true)]
    [InlineData("name not contains \"best\"", false)]
    [InlineData("status/id = 1 AND status/name = \"Active\"", true)]
    [InlineData("status/name in (\"Inactive\",\"active\")", true)]
    [InlineData("status/id not in (2,3)", true)]
    [InlineData("deletedFlag = false", true)]
    [InlineData("deletedFlag = False and (numberOfEmployees > 40 or annualRevenue >= 12.5)", true)]
    [InlineData("numberOfEmployees > 40 or annualRevenue = 12.5 and deletedFlag = true", false)]
    [InlineData("(numberOfEmployees = 40 or annualRevenue = 12.5) and deletedFlag = false", true)]
    [InlineData("numberOfEmployees <> 40", false)]
    [InlineData("website = null", true)]
    [InlineData("website != null", false)]
    [InlineData("website != \"x\"", false)]
    [InlineData("website not like \"x*\"", false)]
    [InlineData("dateAcquired = [2016-08-20T18:04:26Z]", true)]
    [InlineData("dateAcquired = [2016-08-20T14:04:26-04:00]", true)]
    [InlineData("dateAcquired > [2016-08-20]", true)]
    [InlineData("dateAcquired < [2016-08-20]", false)]
    [InlineData("LastUpdated >= [2024-02-29T10:00:00Z] AND LastUpdated <= [2024-02-29T10:00:00Z]", true)]
    [InlineData("lastUpdated > [2024-02-29T10:00:00Z]", false)]
    [InlineData("_info/lastUpdated > [2024-02-29T09:59:59Z]", true)]
    [InlineData("annualRevenue > -1", true)]
    [InlineData("ID > 0", true)]
    public async Task Conditions_Documented_FindTheRecordOrNot(string conditions, bool isFound)
    {
        var found = await _host.ListAsync($"company/companies?pageSize=1000&conditions={Uri.EscapeDataString(conditions)}");

        Assert.Equal(isFound, found.Any(c => (int)c["id"]! == _company));
    }

    [Theory]
    [InlineData("childConditions=types/id=2", true)]
    [InlineData("childConditions=types/name=\"Decision Maker\"", true)]
    [InlineData("childConditions=types/id=3", false)]
    [InlineData("childConditions=communicationItems/value like \"john@*\" AND communicationItems/communicationType=\"Email\"", true)]
    [InlineData("childConditions=communicationItems/value like \"john@*\" AND communicationItems/communicationType=\"Phone\"", false)]
    [InlineData("childConditions=communicationItems/value like \"john@*\" AND types/id=2", true)]
    [InlineData("conditions=lastName=\"O'Neil\\\\Smith\"", true)]
    [InlineData("conditions=lastName='O\\'Neil\\Smith'", true)]
    public async Task Conditions_OnContacts_FindTheRecordOrNot(string query, bool isFound)
    {
        var (name, value) = (query[..query.IndexOf('=')], query[(query.IndexOf('=') + 1)..]);

        var found = await _host.ListAsync($"company/contacts?pageSize=1000&{name}={Uri.EscapeDataString(value)}");

        Assert.Equal(isFound, found.Any(c => (int)c["id"]! == _contact));
    }

    [Theory]
    [InlineData("caption=\"Renewal Date\" AND value != null", true)]
    [InlineData("caption=\"Renewal Date\" AND value = \"2027-01-31T00:00:00Z\"", true)]
    [InlineData("caption=\"Seats\" AND value != null", false)]
    [InlineData("caption=\"Seats\" AND value = null", true)]
    public async Task CustomFieldConditions_Documented_FindTheRecordOrNot(string conditions, bool isFound)
    {
        var found = await _host.ListAsync($"company/companies?pageSize=1000&customFieldConditions={Uri.EscapeDataString(conditions)}");

        Assert.Equal(isFound, found.Any(c => (int)c["id"]! == _company));
    }

    [Theory]
    [InlineData("company/companies", "conditions", "typeids = 1", "typeids is not a recognized name.")]
    [InlineData("company/contacts", "conditions", "types/name = \"X\"", "types/name is not a recognized name.")]
    [InlineData("company/contacts", "conditions", "name = \"X\"", "name is not a recognized name.")]
    [InlineData("company/contacts", "conditions", "communicationItems = null", "communicationItems is not a recognized name.")]
    [InlineData("company/contacts", "childConditions", "firstName = \"X\"", "firstName is not a recognized name.")]
    [InlineData("company/contacts", "childConditions", "communicationItems/communicationType = \"Telex\"", "Enum value supplied was invalid")]
    [InlineData("company/companies", "orderBy", "types asc", "types is not a recognized name.")]
    [InlineData("company/companies", "fields", "id,nope", "nope is not a recognized name.")]
    [InlineData("company/companies", "fields", "id/name", "id/name is not a recognized name.")]
    public async Task Conditions_WithNamesOrChoicesThatAreNone_Answer400InItsWords(string path, string parameter, string value, string message)
    {
        var (status, body) = await _host.RefusedAsync($"{path}?{parameter}={Uri.EscapeDataString(value)}");

        Assert.Equal((400, "ApiFindCondition", message), (status, (string)body["code"]!, (string)body["message"]!));
    }

    [Theory]
    [InlineData("deletedFlag = 1", "Expected a boolean value, not a numeric.")]
    [InlineData("name = 5", "Expected a string value, not a numeric.")]
    [InlineData("lastUpdated > \"2024-01-01\"", "Expected a DateTime value, not a string.")]
    [InlineData("id = \"5\"", "Expected a numeric value, not a string.")]
    [InlineData("id contains 5", "Expected a string value, not a numeric.")]
    [InlineData("name = \"open", "A string value is not closed.")]
    [InlineData("name", "Expected an operator, not ''.")]
    [InlineData("name = ", "Expected a value, not ''.")]
    [InlineData("(id = 1", "Expected ), not ''.")]
    [InlineData("id = 1)", "Unexpected ')'.")]
    [InlineData("id = 1 id = 2", "Unexpected 'id'.")]
    [InlineData("id not = 1", "'not' cannot stand before '='.")]
    [InlineData("name = Acme", "Expected a value, not 'Acme'.")]
    [InlineData("lastUpdated > [yesterday]", "'yesterday' is not a DateTime.")]
    public async Task Conditions_ThatAreNone_Answer400WithTheAdvice(string conditions, string beginning)
    {
        var (status, body) = await _host.RefusedAsync($"company/companies?conditions={Uri.EscapeDataString(conditions)}");

        Assert.Equal((400, "ApiFindCondition"), (status, (string)body["code"]!));
        Assert.StartsWith(beginning + " String values should be enclosed", (string)body["message"]!, StringComparison.Ordinal);
    }
}
