using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Lists;

public sealed class FieldsTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    [Fact]
    public async Task Fields_WithNestedNames_ShowsThemAndNothingElse()
    {
        var contact = (await host.ListAsync("company/contacts?fields=id,company/id,company/name&conditions=company!=null&pageSize=1"))[0];

        Assert.Equal(["id", "company"], contact.Select(m => m.Key));
        Assert.Equal(["id", "name"], contact["company"]!.AsObject().Select(m => m.Key));
    }

    [Fact]
    public async Task Fields_WithoutInfo_ShowsNone()
    {
        var contact = (await host.ListAsync("company/contacts?fields=id,company&conditions=company!=null&pageSize=1"))[0];

        Assert.False(contact.ContainsKey("_info"));
        Assert.False(contact["company"]!.AsObject().ContainsKey("_info"));
    }

    [Fact]
    public async Task Fields_WithInfo_ShowsIt()
    {
        var contact = (await host.ListAsync("company/contacts?fields=id,_info&pageSize=1"))[0];

        Assert.NotNull(contact["_info"]!["lastUpdated"]);
    }

    [Fact]
    public async Task Fields_OnOneRecord_TrimItToo()
    {
        var id = host.Server.Account.Ids(SimulatedList.Contact).First();

        Assert.Equal(["id"], (await host.GetAsync($"company/contacts/{id}?fields=id")).AsObject().Select(m => m.Key));
    }

    [Fact]
    public async Task EmptyMembers_AreLeftOut_ButCustomFieldsAreListedWithNull()
    {
        var companies = await host.ListAsync("company/companies?pageSize=400");

        Assert.All(companies, c => Assert.DoesNotContain(c, m => m.Value is null));
        Assert.All(companies, c => Assert.Equal(4, c["customFields"]!.AsArray().Count));
        Assert.Contains(companies, c => c["customFields"]![0]!.AsObject() is var field && field.ContainsKey("value") && field["value"] is null);
    }
}
