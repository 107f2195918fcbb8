using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Core.Tests.Setup;

public sealed class FieldRulesTests
{
    private readonly SetupWorld _world = new();

    [Theory]
    [InlineData("name", "name", Direction.Both)]
    [InlineData("phone", "name", Direction.Both)]
    [InlineData("custom:7", "custom:renewal", Direction.Both)]
    [InlineData("numberOfEmployees", "notes", Direction.FromConnectwise)]
    [InlineData("lastCalled", "custom:renewal", Direction.FromConnectwise)]
    [InlineData("numberOfEmployees", "score", Direction.ToConnectwise)]
    [InlineData("numberOfEmployees", "score", Direction.None)]
    [InlineData("name", "size", Direction.None)]
    [InlineData("territory", "region", Direction.Both)]
    public async Task Fields_CompatiblePair_Saved_ME5(string connectWise, string crm, Direction direction) =>
        Assert.True((await SaveAsync(new FieldMapping(connectWise, crm, direction))).Succeeded);

    [Theory]
    [InlineData("shoeSize", "name", Direction.Both, "field-unknown", "/fields/0/connectWise")]
    [InlineData("custom:8", "name", Direction.Both, "field-unknown", "/fields/0/connectWise")]
    [InlineData("name", "custom:nothing", Direction.None, "field-unknown", "/fields/0/crm")]
    [InlineData("numberOfEmployees", "score", Direction.Both, "field-read-only", "/fields/0/crm")]
    [InlineData("numberOfEmployees", "score", Direction.FromConnectwise, "field-read-only", "/fields/0/crm")]
    [InlineData("lastCalled", "custom:renewal", Direction.ToConnectwise, "field-read-only", "/fields/0/connectWise")]
    [InlineData("name", "size", Direction.FromConnectwise, "field-kinds-differ", "/fields/0")]
    [InlineData("name", "region", Direction.FromConnectwise, "field-kinds-differ", "/fields/0")]
    [InlineData("numberOfEmployees", "notes", Direction.Both, "field-kinds-differ", "/fields/0")]
    [InlineData("numberOfEmployees", "name", Direction.ToConnectwise, "field-kinds-differ", "/fields/0")]
    public async Task Fields_PairThatCannotBe_RefusedByItsPlace(string connectWise, string crm, Direction direction, string code, string field)
    {
        var saved = await SaveAsync(new FieldMapping(connectWise, crm, direction));

        Assert.Equal((code, field), (saved.Refusal!.Code, saved.Refusal.Field));
    }

    [Fact]
    public async Task Fields_UnknownKey_RefusedByName_SU9() =>
        Assert.Contains("shoeSize", (await SaveAsync(new FieldMapping("shoeSize", "name"))).Refusal!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Fields_CrmFieldFilledTwice_Refused()
    {
        var saved = await SaveAsync(new("name", "name", Direction.FromConnectwise), new("phone", "name", Direction.FromConnectwise));

        Assert.Equal(("field-mapped-twice", "/fields/1/crm"), (saved.Refusal!.Code, saved.Refusal.Field));
    }

    [Fact]
    public async Task Fields_ConnectWiseFieldFilledTwice_Refused()
    {
        var saved = await SaveAsync(new("name", "name", Direction.ToConnectwise), new("name", "phone", Direction.ToConnectwise));

        Assert.Equal(("field-mapped-twice", "/fields/1/connectWise"), (saved.Refusal!.Code, saved.Refusal.Field));
    }

    [Fact]
    public async Task Fields_OneIntoTwoOneWay_Saved() =>
        Assert.True((await SaveAsync(new("name", "name", Direction.FromConnectwise), new("name", "notes", Direction.FromConnectwise))).Succeeded);

    [Fact]
    public async Task Overview_CustomFieldGone_FlagsTheStep_SU10()
    {
        await SaveAsync(new FieldMapping("custom:7", "custom:renewal"));
        _world.ConnectWise.Fields[Entity.Company] = [.. _world.ConnectWise.Fields[Entity.Company].Where(field => !field.Custom)];

        var overview = await _world.Service.OverviewAsync(SetupWorld.Acme, default);

        var problem = overview.Steps.Single(step => step.Step == "companies").Problems.Single();
        Assert.Equal(("field-unknown", "/fields/0/connectWise"), (problem.Code, problem.Field));
    }

    [Fact]
    public async Task Fields_OfAStep_HoldBothSidesAndTheDefaults_SU9()
    {
        await SaveAsync(new FieldMapping("name", "name"));

        var fields = (await _world.Service.FieldsAsync(SetupWorld.Acme, SetupStep.Companies, default)).Value!;

        Assert.Contains(fields.ConnectWise, field => field.Custom);
        Assert.Contains(fields.Crm, field => field.Key == "custom:renewal");
        Assert.Single(fields.Mapped);
        Assert.Equal(DefaultMappings.Of(Entity.Company), fields.Defaults);
        Assert.Equal("step-without-fields", (await _world.Service.FieldsAsync(SetupWorld.Acme, SetupStep.Users, default)).Refusal!.Code);
    }

    [Fact]
    public void Compatibility_EveryKind_FlowsIntoItself()
    {
        foreach (var kind in Enum.GetValues<FieldKind>())
        {
            Assert.True(FieldCompatibility.CanFlow(SetupWorld.Field("a", kind), SetupWorld.Field("b", kind)));
            Assert.Contains(kind, FieldCompatibility.TargetsOf(kind));
        }
    }

    [Fact]
    public void Compatibility_References_OnlyToTheSameEntity()
    {
        var company = SetupWorld.Field("a", FieldKind.Reference) with { References = Entity.Company };
        var contact = SetupWorld.Field("b", FieldKind.Reference) with { References = Entity.Contact };

        Assert.True(FieldCompatibility.CanFlow(company, company));
        Assert.False(FieldCompatibility.CanFlow(company, contact));
        Assert.False(FieldCompatibility.CanFlow(company, SetupWorld.Field("c", FieldKind.Text)));
    }

    private async Task<Result<StepView>> SaveAsync(params FieldMapping[] fields)
    {
        await _world.SaveUpToAsync(SetupStep.Users);
        return await _world.Service.SaveAsync(SetupWorld.Acme, SetupWorld.Companies with { Fields = fields }, default);
    }
}
