using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-9: who leaves, who returns, and who is never touched.</summary>
public sealed class LeaverTests
{
    private static readonly EmployeeSettings Active = new() { Enabled = true, MemberTypes = null };

    private readonly EmployeeWorld _world = new();

    private string? State => _world.Directory.Employees[0].Fields[FieldKeys.Active];

    [Fact]
    public async Task Leaver_InActiveMode_IsReportedAndStaysActive_EM9()
    {
        await SyncedAsync(Active);

        var run = await LeaveAsync();

        Assert.Equal((Outcome.Skipped, "member-inactive"), await LineOfAsync(run));
        Assert.Equal(("true", 0), (State, run.Report!.Employees!.Deactivated));
    }

    [Fact]
    public async Task Leaver_WhereTheTenantChoseSo_IsDeactivatedAndComesBack_EM9()
    {
        await SyncedAsync(Active with { DeactivateLeavers = true });

        var left = await LeaveAsync();
        Assert.Equal(("false", 1), (State, left.Report!.Employees!.Deactivated));
        Assert.Equal(0, (await _world.SyncAsync()).Report!.Writes);

        var back = await ReturnAsync();
        Assert.Equal(("true", 1), (State, back.Report!.Employees!.Reactivated));
    }

    [Fact]
    public async Task Leaver_InAllMode_BecomesInactiveAndComesBack_EM3_EM9()
    {
        await SyncedAsync(Active with { Status = MemberStatus.All });

        await LeaveAsync();
        Assert.Equal("false", State);
        await ReturnAsync();

        Assert.Equal("true", State);
    }

    [Fact]
    public async Task Employee_SwitchedOffByAnAdministrator_IsNotSwitchedOnAgain_EM9()
    {
        await SyncedAsync(Active with { Status = MemberStatus.All });
        _world.Directory.Employees[0].Fields[FieldKeys.Active] = "false";

        var run = await _world.SyncAsync();

        Assert.Equal(("false", 0), (State, run.Report!.Writes));
        Assert.Equal(("active", "drift"), (await _world.LineAsync(run, 1)).Changes.Select(change => (change.Field, change.Note)).Single());
        await LeaveAsync();
        var back = await ReturnAsync();
        Assert.Equal(("false", 0), (State, back.Report!.Employees!.Reactivated));
    }

    [Fact]
    public async Task Employee_InactiveAtTheFirstMeeting_IsLinkedAndHeld_EM9()
    {
        _world.Directory.Add("m1@example.com", "M1", active: "false");
        await _world.With(Member(1)).SetAsync(Active);

        var first = await _world.SyncAsync();
        var second = await _world.SyncAsync();

        Assert.Equal("false", State);
        Assert.Contains((await _world.LineAsync(first, 1)).Changes, change => change is { Field: FieldKeys.Active, Note: "drift" });
        Assert.Contains((await _world.LineAsync(second, 1)).Changes, change => change is { Field: FieldKeys.Active, Note: "drift" });
        Assert.Equal(0, second.Report!.Writes);
    }

    [Fact]
    public async Task Leaver_WhoseDeactivationIsNotApplied_IsTriedAgainAndTold_EM9()
    {
        await SyncedAsync(Active with { DeactivateLeavers = true });
        _world.Directory.Ignores.Add(FieldKeys.Active);

        var first = await LeaveAsync();
        var second = await _world.SyncAsync();

        Assert.Equal((1, 0), (first.Report!.Employees!.FieldsNotApplied[FieldKeys.Active], first.Report.Employees.Deactivated));
        Assert.Equal(1, second.Report!.Employees!.FieldsNotApplied[FieldKeys.Active]);
        _world.Directory.Ignores.Clear();
        Assert.Equal(1, (await _world.SyncAsync()).Report!.Employees!.Deactivated);
    }

    [Theory]
    [InlineData("e0001")]
    [InlineData("M1")]
    [InlineData("m1@example.com")]
    public async Task Employee_Protected_IsNeverTouched(string name)
    {
        _world.Directory.Add("m1@example.com", "M1");
        await _world.With(Member(1)).SetAsync(Active with { Status = MemberStatus.Inactive, Protected = [name] });

        var run = await _world.SyncAsync();

        Assert.Equal((Outcome.Skipped, "employee-protected"), await LineOfAsync(run));
        Assert.Equal(("true", 0), (State, run.Report!.Writes));
    }

    [Fact]
    public async Task Employee_ProtectedInAnotherCase_IsNot()
    {
        _world.Directory.Add("m1@example.com", "M1");
        await _world.With(Member(1)).SetAsync(Active with { Protected = ["m1"] });

        Assert.Equal(Outcome.Linked, (await LineOfAsync(await _world.SyncAsync())).Outcome);
    }

    [Fact]
    public async Task Member_WhoseTypeIsDeselected_IsLeftAlone_EM4()
    {
        await SyncedAsync(Active);
        await _world.SetAsync(Active with { MemberTypes = [] });

        var run = await LeaveAsync();

        Assert.Equal((Outcome.Skipped, "type-not-selected"), await LineOfAsync(run));
        Assert.Equal("true", State);
    }

    [Fact]
    public async Task Employee_ThatHasGone_IsToldAndNotCreatedAnew()
    {
        await SyncedAsync(Active);
        _world.Directory.Remove(_world.Directory.Employees[0].Id);

        Assert.Equal((Outcome.Skipped, "employee-gone"), await LineOfAsync(await _world.SyncAsync()));
        Assert.Empty(_world.Directory.Employees);
    }

    private async Task SyncedAsync(EmployeeSettings settings)
    {
        await _world.With(Member(1)).SetAsync(settings);
        Assert.Equal(1, (await _world.SyncAsync()).Report!.Stages[0].Created);
    }

    private Task<Run> LeaveAsync() => _world.With(Member(1, inactive: true, updated: 1)).SyncAsync();

    private Task<Run> ReturnAsync() => _world.With(Member(1, updated: 2)).SyncAsync();

    private async Task<(Outcome Outcome, string? Reason)> LineOfAsync(Run run)
    {
        var line = await _world.LineAsync(run, 1);
        return (line.Outcome, line.Reason);
    }
}
