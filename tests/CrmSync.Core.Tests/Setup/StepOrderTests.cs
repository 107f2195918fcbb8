using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Core.Tests.Setup;

public sealed class StepOrderTests
{
    private readonly SetupWorld _world = new();

    public static TheoryData<SetupStep, SetupStep> Pairs()
    {
        var pairs = new TheoryData<SetupStep, SetupStep>();
        foreach (var missing in SetupSteps.All)
        {
            foreach (var asked in SetupSteps.All.Where(step => step > missing))
            {
                pairs.Add(missing, asked);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Save_StepAheadMissing_RefusedWithItsName_SU1(SetupStep missing, SetupStep asked)
    {
        if (missing > SetupStep.Connection)
        {
            await _world.SaveUpToAsync(missing - 1);
        }

        var saved = await _world.SaveAsync(asked);

        Assert.Equal((RefusalKind.Conflict, "step-out-of-order"), (saved.Refusal!.Kind, saved.Refusal.Code));
        Assert.Equal(SetupSteps.NameOf(missing), saved.Refusal.Details["step"]);
        Assert.False((await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Has(asked));
    }

    [Fact]
    public async Task Save_InOrder_CompletesTheSetup_SU1()
    {
        await _world.SaveUpToAsync(SetupStep.Opportunities);

        var overview = await _world.Service.OverviewAsync(SetupWorld.Acme, default);

        Assert.True(overview.Complete);
        Assert.Null(overview.Next);
        Assert.Equal(7, overview.Version);
        Assert.All(overview.Steps, step => Assert.Equal(StepState.Saved, step.State));
        Assert.All(overview.Steps, step => Assert.Empty(step.Problems));
    }

    [Fact]
    public async Task Overview_PartlySaved_TellsSavedNextAndMissing_SU1()
    {
        await _world.SaveUpToAsync(SetupStep.Users);

        var overview = await _world.Service.OverviewAsync(SetupWorld.Acme, default);

        Assert.Equal("companies", overview.Next);
        Assert.Equal(
            [StepState.Saved, StepState.Saved, StepState.Next, StepState.Missing, StepState.Missing, StepState.Missing, StepState.Missing],
            overview.Steps.Select(step => step.State));
    }

    [Fact]
    public async Task Save_EarlierStepAgain_KeepsTheLaterOnes_SU10()
    {
        await _world.SaveUpToAsync(SetupStep.Opportunities);

        var saved = await _world.Service.SaveAsync(SetupWorld.Acme, new CompaniesSettings { Types = [new(11, "Client", null)] }, default);

        Assert.True(saved.Succeeded);
        var setup = await _world.Setups.ReadAsync(SetupWorld.Acme, default);
        Assert.Null(setup.FirstMissing);
        Assert.Equal(11, setup.Companies!.Types.Single().ConnectWise);
        Assert.Equal(2, setup.Contacts!.Types.Count);
    }

    [Fact]
    public async Task Overview_ChoiceGoneLater_FlagsTheStepThatRefersToIt_SU10()
    {
        await _world.SaveUpToAsync(SetupStep.Opportunities);
        _world.Crm.Choices = _world.Crm.Choices with { Pipelines = [new("Sales", ["Open"])] };
        _world.ConnectWise.Choices[Entity.Contact] = new ConnectWiseChoices();

        var overview = await _world.Service.OverviewAsync(SetupWorld.Acme, default);

        var problems = overview.Steps.Where(step => step.Problems.Count > 0).ToDictionary(step => step.Step, step => step.Problems.Single());
        Assert.Equal(["contacts", "opportunities"], problems.Keys);
        Assert.Equal("/types/0/connectWise", problems["contacts"].Field);
        Assert.Equal("/stages/0/crmStage", problems["opportunities"].Field);
        Assert.Contains("Proposal", problems["opportunities"].Message, StringComparison.Ordinal);
        Assert.True(overview.Complete);
    }

    [Fact]
    public async Task Overview_ConnectWiseDown_AnswersAndNamesTheCause_SU10()
    {
        await _world.SaveUpToAsync(SetupStep.Users);
        _world.ConnectWise.Failure = new ConnectWiseException("unreachable", "The site does not answer.", "Try later.", retryHelps: true);

        var overview = await _world.Service.OverviewAsync(SetupWorld.Acme, default);

        Assert.Equal("unreachable", overview.Steps.Single(step => step.Step == "users").Problems.Single().Code);
    }

    [Fact]
    public async Task Save_SomebodyElseFaster_RefusedAndNothingSaved_AX3()
    {
        await _world.SaveUpToAsync(SetupStep.Users);
        _world.Setups.BeforeWrite = () => _world.SaveAsync(SetupStep.Users).GetAwaiter().GetResult();

        var saved = await _world.SaveAsync(SetupStep.Companies);

        Assert.Equal("setup-changed", saved.Refusal!.Code);
        Assert.False((await _world.Setups.ReadAsync(SetupWorld.Acme, default)).Has(SetupStep.Companies));
    }

    [Fact]
    public void StepNames_EveryStep_ParsesBack()
    {
        Assert.All(SetupSteps.All, step => Assert.Equal(step, SetupSteps.Parse(SetupSteps.NameOf(step).ToUpperInvariant())));
        Assert.Null(SetupSteps.Parse("employees"));
        Assert.Null(SetupSteps.Parse(null));
    }
}
