using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Core.Tests.Setup;

public sealed class MappingRulesTests
{
    private readonly SetupWorld _world = new();

    [Fact]
    public async Task Users_UnknownTypeOrRole_RefusedByName_SU9()
    {
        await RefusedAsync(new UsersSettings { Types = [new(1, "Salesperson"), new(99, null)] }, "choice-unknown", "/types/1/connectWise", "99");
        await RefusedAsync(new UsersSettings { Types = [new(1, "Wizard")] }, "choice-unknown", "/types/0/crm", "Wizard");
    }

    [Fact]
    public async Task Users_TypeMappedTwice_Refused() =>
        await RefusedAsync(new UsersSettings { Types = [new(1, "Salesperson"), new(2, null), new(1, "Marketer")] }, "mapped-twice", "/types/2/connectWise", "Sales");

    [Fact]
    public async Task Companies_NoTypeMappedTwice_Refused_SU5() =>
        await RefusedAsync(new CompaniesSettings { Types = [new(null, "Client", null), new(null, "Prospect", null)] }, "mapped-twice", "/types/1/connectWise", "No type");

    [Fact]
    public async Task Companies_UnknownTypes_RefusedByName_SU9()
    {
        await RefusedAsync(new CompaniesSettings { Types = [new(12, "Client", null)] }, "choice-unknown", "/types/0/connectWise", "12");
        await RefusedAsync(new CompaniesSettings { Types = [new(11, "Vendor", null)] }, "choice-unknown", "/types/0/crm", "Vendor");
    }

    [Fact]
    public async Task Companies_ListThatCannotBe_Refused_CT1()
    {
        await RefusedAsync(new CompaniesSettings { Types = [new(11, "Client", "  ")] }, "value-blank", "/types/0/list", "blank");
        _world.Crm.Capabilities = _world.Crm.Capabilities with { Lists = false };
        await RefusedAsync(new CompaniesSettings { Types = [new(11, "Client", "Clients")] }, "lists-not-supported", "/types/0/list", "lists");
    }

    [Fact]
    public async Task Contacts_UnknownType_RefusedByName_SU9() =>
        await RefusedAsync(new ContactsSettings { Types = [new(20, "Friend")] }, "choice-unknown", "/types/0/crm", "Friend");

    [Theory]
    [InlineData(99L, 31L, 32L, null, "/combinations/0/type")]
    [InlineData(30L, 99L, 32L, null, "/combinations/0/category")]
    [InlineData(30L, 31L, 99L, null, "/combinations/0/billingCycle")]
    [InlineData(30L, 31L, 32L, "Toys", "/combinations/0/crm")]
    public async Task Solutions_UnknownPartOfACombination_RefusedByItsPlace_SU6(long type, long category, long? cycle, string? crm, string field) =>
        await RefusedAsync(new SolutionsSettings { Combinations = [new(type, category, cycle, crm)] }, "choice-unknown", field, "");

    [Fact]
    public async Task Solutions_SameCombinationTwice_Refused_SU6() =>
        await RefusedAsync(new SolutionsSettings { Combinations = [new(30, 31, null, null), new(30, 31, 32, null), new(30, 31, null, "Services")] }, "mapped-twice", "/combinations/2", "Service");

    [Fact]
    public async Task Activities_UnknownOrRepeatedType_Refused_SU7()
    {
        await RefusedAsync(new ActivitiesSettings { Types = [new(49, ActivityKind.Note)] }, "choice-unknown", "/types/0/connectWise", "49");
        await RefusedAsync(new ActivitiesSettings { Types = [new(40, ActivityKind.Note), new(40, null)] }, "mapped-twice", "/types/1/connectWise", "Phone call");
    }

    [Fact]
    public void Activities_Kinds_AreTheFourAndNoOther_SU7() =>
        Assert.Equal([ActivityKind.Call, ActivityKind.Email, ActivityKind.Note, ActivityKind.Meeting], Enum.GetValues<ActivityKind>());

    [Theory]
    [InlineData(99L, 52L, "Sales", "Open", "/stages/0/status")]
    [InlineData(51L, 99L, "Sales", "Open", "/stages/0/stage")]
    [InlineData(51L, 52L, "Partners", "Open", "/stages/0/pipeline")]
    [InlineData(51L, 52L, "Renewals", "Open", "/stages/0/crmStage")]
    public async Task Opportunities_UnknownPlaceInAPipeline_RefusedByItsPlace_SU8(long status, long stage, string pipeline, string crmStage, string field) =>
        await RefusedAsync(new OpportunitiesSettings { Types = [], Stages = [new(status, stage, pipeline, crmStage)] }, "choice-unknown", field, "");

    [Fact]
    public async Task Opportunities_SameStatusAndStageTwice_Refused_SU8() =>
        await RefusedAsync(
            new OpportunitiesSettings { Types = [], Stages = [new(51, null, "Sales", "Open"), new(51, null, "Renewals", "Due")] }, "mapped-twice", "/stages/1", "Open");

    [Fact]
    public async Task Save_SeveralUnknown_DetailsNameThemAll_SU9()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);

        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, new UsersSettings { Types = [new(98, null), new(99, "Wizard")] }, default);

        Assert.Equal(["/types/0/connectWise", "/types/1/connectWise", "/types/1/crm"], saved.Refusal!.Details.Keys.Where(key => key.StartsWith('/')).Order());
        Assert.Equal("users", saved.Refusal.Details["step"]);
    }

    [Fact]
    public async Task Save_ConnectWiseDown_ThrowsAndSavesNothing_AX3()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);
        _world.ConnectWise.Failure = new ConnectWiseException("unreachable", "The site does not answer.", "Try later.", retryHelps: true);

        await Assert.ThrowsAsync<ConnectWiseException>(() => _world.SaveAsync(SetupStep.Users));

        Assert.False((await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Has(SetupStep.Users));
    }

    [Fact]
    public async Task Options_EachStep_HoldsWhatBothSidesOffer_SU9()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);

        var users = (await _world.Service.OptionsAsync(SetupWorld.Acme, SetupStep.Users, default)).Value!;
        var activities = (await _world.Service.OptionsAsync(SetupWorld.Acme, SetupStep.Activities, default)).Value!;
        var opportunities = (await _world.Service.OptionsAsync(SetupWorld.Acme, SetupStep.Opportunities, default)).Value!;
        var connection = (await _world.Service.OptionsAsync(SetupWorld.Acme, SetupStep.Connection, default)).Value!;

        Assert.Equal(["Sales", "Engineer"], users.ConnectWise!.Types.Select(type => type.Name));
        Assert.Equal(["Salesperson", "Marketer"], users.Crm!.Roles);
        Assert.Empty(users.Crm.Pipelines);
        Assert.True(users.NoType);
        Assert.Equal(4, activities.Kinds.Count);
        Assert.False(activities.NoType);
        Assert.Equal("Sales", opportunities.Crm!.Pipelines[0].Name);
        Assert.Contains("GB", connection.Countries);
        Assert.Equal(16, connection.HighestConcurrency);
    }

    [Fact]
    public async Task OptionsAndFields_NoConnection_Refused_SU1()
    {
        Assert.Equal("step-out-of-order", (await _world.Service.OptionsAsync(SetupWorld.Acme, SetupStep.Users, default)).Refusal!.Code);
        Assert.Equal("step-out-of-order", (await _world.Service.FieldsAsync(SetupWorld.Acme, SetupStep.Companies, default)).Refusal!.Code);
    }

    private async Task RefusedAsync(object settings, string code, string field, string named)
    {
        if (!(await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Has(SetupStep.Activities))
        {
            await _world.SaveUpToAsync(SetupStep.Activities);
        }

        var before = await _world.Setups.ReadAsync(SetupWorld.Acme, default);

        var saved = settings switch
        {
            UsersSettings users => await _world.Service.SaveAsync(SetupWorld.Acme, users, default),
            CompaniesSettings companies => await _world.Service.SaveAsync(SetupWorld.Acme, companies, default),
            ContactsSettings contacts => await _world.Service.SaveAsync(SetupWorld.Acme, contacts, default),
            SolutionsSettings solutions => await _world.Service.SaveAsync(SetupWorld.Acme, solutions, default),
            ActivitiesSettings activities => await _world.Service.SaveAsync(SetupWorld.Acme, activities, default),
            _ => await _world.Service.SaveAsync(SetupWorld.Acme, (OpportunitiesSettings)settings, default),
        };

        Assert.Equal((RefusalKind.Invalid, code, field), (saved.Refusal!.Kind, saved.Refusal.Code, saved.Refusal.Field));
        Assert.Contains(named, saved.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before.Version, (await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Version);
    }
}
