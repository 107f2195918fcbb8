using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;
using PhoneNumbers;

namespace CrmSync.Simulator.Tests.Accounts;

public sealed class AccountTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await SimulatorHost.StartAsync(new SimulatorOptions
        {
            Companies = 2_000,
            Contacts = 3_000,
            Activities = 2_000,
            Opportunities = 600,
            CatalogItems = 300,
            Members = 60
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Account_OfTheSameSeed_IsTheSame_OfAnotherSeedAnother()
    {
        await using var same = await SimulatorHost.StartAsync(_host.Server.Options);
        await using var other = await SimulatorHost.StartAsync(_host.Server.Options with { Seed = 2 });

        foreach (var list in Enum.GetValues<SimulatedList>())
        {
            var id = same.Server.Account.Ids(list).ElementAt(1);
            Assert.True(JsonNode.DeepEquals(_host.Server.Account.Find(list, id), same.Server.Account.Find(list, id)), list.ToString());
        }

        Assert.NotEqual(_host.Server.Account.Ids(SimulatedList.Company), other.Server.Account.Ids(SimulatedList.Company));
    }

    [Fact]
    public async Task Phones_All_AreNumbersOfTheirNumberingPlans()
    {
        var numbers = PhoneNumberUtil.GetInstance();
        var phones = (await _host.ListAsync("company/companies?fields=phoneNumber&pageSize=1000")).Select(c => (string?)c["phoneNumber"])
            .Concat((await _host.ListAsync("company/contacts?fields=communicationItems&pageSize=1000"))
                .SelectMany(c => c["communicationItems"]?.AsArray() ?? []).Where(i => (string)i!["communicationType"]! != "Email").Select(i =>
                    (string?)i!["value"]))
            .OfType<string>().ToArray();

        Assert.InRange(phones.Length, 1_500, 5_000);
        Assert.DoesNotContain(phones, p => !numbers.IsValidNumber(numbers.Parse(p, "US")));
    }

    [Theory]
    [InlineData("company/companies", "deletedFlag = true", 0.01, 0.05)]
    [InlineData("company/companies", "status/name = \"Inactive\"", 0.05, 0.09)]
    [InlineData("company/companies", "website contains \"facebook.com\"", 0.005, 0.03)]
    [InlineData("company/contacts", "company = null", 0.03, 0.07)]
    [InlineData("company/contacts", "inactiveFlag = true", 0.07, 0.11)]
    [InlineData("procurement/catalog", "recurringBillCycle/name = \"Monthly\"", 0.15, 0.35)]
    [InlineData("sales/activities", "contact = null", 0.09, 0.15)]
    [InlineData("sales/opportunities", "primarySalesRep = null", 0.04, 0.12)]
    [InlineData("system/members", "inactiveFlag = true", 0.03, 0.30)]
    public async Task Shares_OfPeculiarRecords_AreAsDocumented(string path, string conditions, double least, double most)
    {
        var all = (int)(await _host.GetAsync($"{path}/count"))["count"]!;
        var some = (int)(await _host.GetAsync($"{path}/count?conditions={Uri.EscapeDataString(conditions)}"))["count"]!;

        Assert.InRange(some / (double)all, least, most);
    }

    [Fact]
    public async Task Account_HasThePeculiaritiesOfARealOne()
    {
        var companies = await _host.ListAsync("company/companies?pageSize=1000");
        var contacts = await _host.ListAsync("company/contacts?pageSize=1000");
        var members = await _host.ListAsync("system/members?pageSize=1000");

        Assert.Contains(companies, c => c["types"]!.AsArray().Count == 0);
        Assert.Contains(companies, c => c["types"]!.AsArray().Count > 2);
        Assert.Contains(companies, c => ((string)c["name"]!).Contains('\0', StringComparison.Ordinal));
        Assert.Contains(companies, c => ((string)c["name"]!).Contains('\u200E', StringComparison.Ordinal));
        Assert.Contains(companies.Zip(companies.Skip(1)), p => Digits(p.First) is { Length: > 9 } own && own == Digits(p.Second));
        Assert.Contains(members, m => (string)m["hireDate"]! == "1800-01-01T08:00:00Z");
        Assert.Contains(contacts, c => c["communicationItems"]?.AsArray().Count > 3);
        var known = _host.Server.Account.Ids(SimulatedList.Company).ToHashSet();
        Assert.Contains(contacts, c => c["company"] is { } company && !known.Contains((int)company["id"]!));

        static string Digits(JsonObject company) => string.Concat(((string?)company["phoneNumber"] ?? "").Where(char.IsAsciiDigit)) is var digits
            && digits.Length > 10 ? digits[^10..] : digits;
    }

    [Fact]
    public async Task Forecasts_OfAllOpportunities_MostlyButNotAlwaysSumUp()
    {
        var (equal, different, empty) = (0, 0, 0);
        foreach (var opportunity in await _host.ListAsync("sales/opportunities?fields=id&pageSize=300"))
        {
            var forecast = (await _host.GetAsync($"sales/opportunities/{opportunity["id"]}/forecast"))[0]!;
            var lines = forecast["forecastItems"]!.AsArray();
            var sum = lines.Where(l => (bool)l!["includeFlag"]!).Sum(l => (decimal)l!["revenue"]!);
            _ = lines.Count == 0 ? empty++ : sum == (decimal)forecast["forecastRevenueTotals"]!["revenue"]! ? equal++ : different++;
        }

        Assert.True(equal > different && different > 3 && empty > 10, $"{equal} equal, {different} different, {empty} empty");
    }

    [Fact]
    public void Update_OfAMember_IsShownWithANewStampAndAuthorAndEverywhere()
    {
        var account = _host.Server.Account;
        var contact = account.Ids(SimulatedList.Contact).First(id => account.Find(SimulatedList.Contact, id)!.ContainsKey("company"));
        var company = (int)account.Find(SimulatedList.Contact, contact)!["company"]!["id"]!;

        Assert.True(account.Update(SimulatedList.Company, company, new JsonObject { ["name"] = "Renamed", ["website"] = null }, "someone"));

        var changed = account.Find(SimulatedList.Company, company)!;
        Assert.Equal(("Renamed", "someone"), ((string)changed["name"]!, (string)changed["_info"]!["updatedBy"]!));
        Assert.False(changed.ContainsKey("website"));
        Assert.InRange(DateTimeOffset.Parse((string)changed["_info"]!["lastUpdated"]!, null), _host.Server.Clock.Now.AddMinutes(-1), _host.Server.Clock.Now);
        Assert.Equal("Renamed", (string)account.Find(SimulatedList.Contact, contact)!["company"]!["name"]!);
    }

    [Fact]
    public async Task Update_OfChildren_TouchesTheParentOnlyIfSwitchedSo()
    {
        var account = _host.Server.Account;
        var id = account.Ids(SimulatedList.Company).First();
        var before = Stamp();
        _host.Server.Switches.ChildChangesTouchParent = false;

        account.Update(SimulatedList.Company, id, new JsonObject { ["types"] = new JsonArray(new JsonObject { ["id"] = 12 }) });

        Assert.Equal(before, Stamp());
        var pairs = await _host.ListAsync($"company/companies/{id}/typeAssociations");
        Assert.Equal(12, (int)Assert.Single(pairs)["type"]!["id"]!);
        Assert.Equal(id, (int)(await _host.ListAsync("company/companyTypeAssociations?conditions=type/id=12"))[0]["company"]!["id"]!);

        _host.Server.Switches.ChildChangesTouchParent = true;
        account.Update(SimulatedList.Company, id, new JsonObject { ["types"] = new JsonArray() });
        Assert.NotEqual(before, Stamp());

        string Stamp() => (string)account.Find(SimulatedList.Company, id)!["_info"]!["lastUpdated"]!;
    }

    [Fact]
    public void Create_WithUnknownMembers_IsRefused()
    {
        var account = _host.Server.Account;

        var wrong = Assert.Throws<ArgumentException>(() => account.Create(SimulatedList.Contact, new JsonObject { ["type"] = 1 }));

        Assert.StartsWith("Could not find member 'type' on object of type 'Contact'.", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_AnOpportunityWithForecastAndNotes_IsShownBelowIt()
    {
        var id = _host.Server.Account.Create(SimulatedList.Opportunity, JsonNode.Parse(
            """
            {"name":"New","company":{"id":250},"forecast":{"id":1,"forecastItems":[{"forecastDescription":"Line","revenue":10,"forecastType":"Product","status":{"id":1}}]},
             "opportunityNotes":[{"text":"One"},{"text":"Two"}]}
            """)!.AsObject());

        Assert.Equal("Line", (string)(await _host.GetAsync($"sales/opportunities/{id}/forecast"))[0]!["forecastItems"]![0]!["forecastDescription"]!);
        var notes = await _host.ListAsync($"sales/opportunities/{id}/notes");
        Assert.Equal(["One", "Two"], notes.Select(n => (string)n["text"]!));
        Assert.Equal("Two", (string)(await _host.GetAsync($"sales/opportunities/{id}/notes/{notes[1]["id"]}"))["text"]!);
    }

    [Fact]
    public async Task Delete_ARecord_IsGoneFromListCountAndId()
    {
        var id = _host.Server.Account.Ids(SimulatedList.Contact).ElementAt(10);

        Assert.True(_host.Server.Account.Delete(SimulatedList.Contact, id));

        Assert.False(_host.Server.Account.Delete(SimulatedList.Contact, id));
        Assert.Equal(2_999, (int)(await _host.GetAsync("company/contacts/count"))["count"]!);
        Assert.Equal(404, (await _host.RefusedAsync($"company/contacts/{id}")).Status);
        Assert.DoesNotContain(await _host.ListAsync("company/contacts?fields=id&pageSize=20"), c => (int)c["id"]! == id);
    }

    [Fact]
    public void Clock_Skewed_StampsChangesWithItsOwnTime()
    {
        _host.Server.Clock.Skew = TimeSpan.FromHours(-30);
        var id = _host.Server.Account.Create(SimulatedList.Company, new JsonObject { ["name"] = "Late" });

        var stamp = DateTimeOffset.Parse((string)_host.Server.Account.Find(SimulatedList.Company, id)!["_info"]!["lastUpdated"]!, null);

        Assert.InRange(stamp, DateTimeOffset.UtcNow.AddHours(-31), DateTimeOffset.UtcNow.AddHours(-29));
    }
}
