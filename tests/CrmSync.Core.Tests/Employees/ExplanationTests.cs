using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>One member in five steps, without writing.</summary>
public sealed class ExplanationTests
{
    private readonly EmployeeWorld _world = new();

    private EmployeeExplainer Explainer => new(_world.Setup, _world.Setup.Setups, _world.Setup.Links, _world.Addresses);

    [Fact]
    public async Task Member_WithCandidates_IsExplainedInFiveSteps()
    {
        await _world.Setup.SaveUpToAsync(SetupStep.Connection);
        _world.Directory.Add("m1@example.com", "m1");
        _world.Directory.Add("other@example.com", "M1");
        await _world.With(Member(1)).SetAsync(new EmployeeSettings { MemberTypes = [1, 2] });

        var explained = (await Explainer.ExplainAsync(Acme, new(1), default)).Value!;

        Assert.True(explained.Connection.Passed);
        Assert.Equal(("M1", 1L, true), (explained.Source!.Fields[FieldKeys.Identifier], explained.Source.Type!.Value, explained.Source.Active));
        Assert.Equal(
            [("member-type", true), ("status", true), ("email", true), ("protected", true)],
            explained.Scope!.Select(clause => (clause.Name, clause.Passed)));
        Assert.Equal(
            ["The e-mail address is equal, but the ids differ in case or space.", "An employee id is equal, but the e-mail address is not."],
            explained.Match!.Candidates.Select(candidate => candidate.Words));
        Assert.Equal((Outcome.Skipped, "email-without-id"), (explained.Action!.Outcome, explained.Action.Reason));
        Assert.Empty(_world.Directory.Writes);
    }

    [Fact]
    public async Task Member_ToBeCreated_ShowsEveryFieldAfterwards()
    {
        await _world.Setup.SaveUpToAsync(SetupStep.Connection);
        await _world.With(Member(1)).SetAsync(new EmployeeSettings { MemberTypes = null });

        var action = (await Explainer.ExplainAsync(Acme, new(1), default)).Value!.Action!;

        Assert.Equal(Outcome.Created, action.Outcome);
        Assert.Contains(action.Changes, change => change is { Field: FieldKeys.Email, Before: null, After: "m1@example.com" });
    }

    [Fact]
    public async Task Member_OutOfScope_ShowsTheClauseThatFailed()
    {
        await _world.Setup.SaveUpToAsync(SetupStep.Connection);
        await _world.With(Member(1, inactive: true)).SetAsync(new EmployeeSettings { MemberTypes = [9] });

        var explained = (await Explainer.ExplainAsync(Acme, new(1), default)).Value!;

        Assert.Equal(["member-type", "status"], explained.Scope!.Where(clause => !clause.Passed).Select(clause => clause.Name));
    }

    [Fact]
    public async Task Side_ThatDoesNotAnswer_IsTheFirstStep()
    {
        await _world.SetAsync(new EmployeeSettings());
        _world.ConnectWise.Failure = new ConnectWiseException("unreachable", "The site does not answer.", "Wait.", true);

        var explained = (await Explainer.ExplainAsync(Acme, new(2), default)).Value!;

        Assert.Equal((false, "The site does not answer.", "Wait."), (explained.Connection.Passed, explained.Connection.Words, explained.Connection.Remedy));
        Assert.Null(explained.Action);
    }

    [Fact]
    public async Task Member_Unknown_IsRefused()
    {
        await _world.SetAsync(new EmployeeSettings());

        Assert.Equal("member-unknown", (await Explainer.ExplainAsync(Acme, new(9), default)).Refusal?.Code);
    }
}
