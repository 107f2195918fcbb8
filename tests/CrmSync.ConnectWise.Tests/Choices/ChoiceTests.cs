using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Tests.Choices;

public sealed class ChoiceTests
{
    [Fact]
    public async Task Choices_OfSolutions_AreTypesCategoriesAndBillingCycles()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("procurement/types", """[{"id":1,"name":"Service","inactiveFlag":false},{"id":2,"name":"Old","inactiveFlag":true}]""")
            .On("procurement/categories", """[{"id":5,"name":"Cloud"}]""")
            .On("finance/billingCycles", """[{"id":2,"identifier":"M","name":"Monthly"}]""");

        var choices = await f.Client.ReadChoicesAsync(Entity.Solution, default);

        Assert.Equal([new Choice(1, "Service"), new Choice(2, "Old", true)], choices.Types);
        Assert.Equal([new Choice(5, "Cloud")], choices.Categories);
        Assert.Equal([new Choice(2, "Monthly")], choices.BillingCycles);
        Assert.Empty(choices.Stages);
    }

    [Fact]
    public async Task Choices_WhoseNameIsCalledDescription_AreNamedByIt()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/contacts/types", """[{"id":3,"description":"Decision maker"}]""");

        Assert.Equal([new Choice(3, "Decision maker")], (await f.Client.ReadChoicesAsync(Entity.Contact, default)).Types);
    }

    [Fact]
    public async Task Choices_OfOpportunities_AreTypesStatusesAndStages()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("sales/opportunities/types", """[{"id":1,"description":"New"}]""")
            .On("sales/opportunities/statuses", """[{"id":1,"name":"Open"},{"id":2,"name":"Won","closedFlag":true,"inactiveFlag":false}]""")
            .On("sales/stages", """[{"id":4,"name":"Quote"}]""");

        var choices = await f.Client.ReadChoicesAsync(Entity.Opportunity, default);

        Assert.Equal(["New", "Open", "Won", "Quote"], choices.Types.Concat(choices.Statuses).Concat(choices.Stages).Select(c => c.Name));
    }

    [Fact]
    public async Task CompanyStatuses_FlaggedOrCalledInactive_MeanInactive()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies/statuses", """[{"id":1,"name":"Active"},{"id":2,"name":"Gone","inactiveFlag":true},{"id":3,"name":"inactive"}]""");

        Assert.Equal([2, 3], await f.Client.ReadInactiveCompanyStatusesAsync(default));
    }

    [Fact]
    public async Task Fields_WithUserDefinedOnes_AreDescribedByTheirType()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/contacts", """
                [{"id":9,"customFields":[
                  {"id":16,"caption":"is_synced","type":"Text","entryMethod":"List","value":"false"},
                  {"id":15,"caption":"external id","type":"Number","value":null},
                  {"id":17,"caption":"Open","type":"Button"}]}]
                """)
            .On("system/userDefinedFields", """
                [{"id":15,"caption":"external id","readOnlyFlag":true},
                 {"id":16,"caption":"is_synced","options":[{"optionValue":"true"},{"optionValue":"false"},{"optionValue":"old","inactiveFlag":true}]},
                 {"id":99,"caption":"of another screen"}]
                """);

        var custom = (await f.Client.DescribeFieldsAsync(Entity.Contact, default)).Where(d => d.Custom).ToList();

        Assert.Equal(["custom:15", "custom:16"], custom.Select(d => d.Key));
        Assert.Equal([FieldKind.Number, FieldKind.Choice], custom.Select(d => d.Kind));
        Assert.True(custom[0].ReadOnly);
        Assert.Equal(["true", "false"], custom[1].Choices);
    }

    [Fact]
    public async Task Fields_ThatTheTenantsVersionLacks_AreNotOnOffer()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies", (context, _) => context.Request.Query["fields"].ToString().Contains("market/name", StringComparison.Ordinal)
            ? ScriptedSite.Json(context, """{"code":"ApiFindCondition","message":"market/name is not a recognized name."}""", 400)
            : ScriptedSite.Json(context, "[]"));

        var keys = (await f.Client.DescribeFieldsAsync(Entity.Company, default)).Select(d => d.Key).ToList();

        Assert.DoesNotContain(FieldKeys.Market, keys);
        Assert.Contains(FieldKeys.Territory, keys);
    }

    [Theory]
    [InlineData(Entity.Company)]
    [InlineData(Entity.Opportunity)]
    public async Task Fields_OfAnEntityWithoutRecords_AreTheStandardOnes(Entity entity)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies", "[]").On("sales/opportunities", "[]");

        var fields = await f.Client.DescribeFieldsAsync(entity, default);

        Assert.Contains(fields, d => d.Key == FieldKeys.Name);
        Assert.Equal(fields.Count, fields.Select(d => d.Key).Distinct().Count());
        Assert.DoesNotContain(fields, d => d.Custom);
    }

    [Fact]
    public async Task Members_AreRead_WithNameEmailAndType()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("system/members", """
            [{"id":1,"identifier":"jdoe","firstName":"J","lastName":"Doe","primaryEmail":"j@x.example","type":{"id":2,"name":"Sales"},"inactiveFlag":false},
             {"id":2,"identifier":"gone","inactiveFlag":true}]
            """);

        var members = await f.Client.ReadMembersAsync(default);

        Assert.Equal(
            new ConnectWiseMember { Id = new ConnectWiseId(1), Identifier = "jdoe", Name = "J Doe", Email = "j@x.example", TypeId = 2 }, members[0]);
        Assert.Equal(new ConnectWiseMember { Id = new ConnectWiseId(2), Identifier = "gone", Name = "gone", Inactive = true }, members[1]);
    }

    [Fact]
    public async Task Record_ById_IsFoundOrNull()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies/5", """{"id":5,"name":"Acme","_info":{"lastUpdated":"2026-06-03T15:44:31Z"}}""")
            .On("company/companies/6", (context, _) => ScriptedSite.Json(context, """{"code":"NotFound","message":"Company 6 not found"}""", 404));

        Assert.Equal("Acme", (await f.Client.FindAsync(Entity.Company, new ConnectWiseId(5), [FieldKeys.Name], default))!.Fields[FieldKeys.Name]);
        Assert.Null(await f.Client.FindAsync(Entity.Company, new ConnectWiseId(6), [FieldKeys.Name], default));
    }

    [Fact]
    public async Task Record_WhenTheAddressIsWrong_IsAFailureAndNotAMissingRecord()
    {
        await using var f = await SiteFixture.StartAsync();

        await Assert.ThrowsAsync<ConnectWiseException>(() => f.Client.FindAsync(Entity.Company, new ConnectWiseId(7), [FieldKeys.Name], default));
    }
}
