using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>PL-3, PL-4, EM-9: when a guard trips, nothing of the plan is written, and the run says which and why.</summary>
public sealed class GuardTests
{
    private const int Members = 60;

    private static readonly EmployeeSettings Settings = new() { Enabled = true, MemberTypes = null, Status = MemberStatus.All };

    private readonly EmployeeWorld _world = new();

    [Fact]
    public async Task Source_Empty_StopsAndDeactivatesNobody_PL4()
    {
        await SyncedAsync();
        _world.ConnectWise.Employees.Clear();

        await AssertStoppedAsync("source-empty");
    }

    [Fact]
    public async Task Source_CountDisagrees_StopsAndIsMarked_PL4()
    {
        await SyncedAsync();
        _world.With(Member(1, inactive: true, updated: 1));
        _world.ConnectWise.Counted = Members + 1;

        var run = await AssertStoppedAsync("source-incomplete");

        Assert.Contains("61", run.Report!.Stages[0].Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_WithoutTheRightToSeeHalf_Stops_PL4()
    {
        await SyncedAsync();
        _world.ConnectWise.Employees.RemoveAll(member => member.Id.Value % 2 == 0);

        var run = await AssertStoppedAsync("source-shrunk");

        Assert.Equal(30, run.Report!.Employees!.Missing);
        Assert.Contains("30 of the 60", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_AFewMissing_GoesOnAndConcludesNothing_PL4()
    {
        await SyncedAsync();
        _world.ConnectWise.Employees.RemoveAll(member => member.Id.Value <= 3);

        var run = await _world.SyncAsync();

        Assert.Equal((RunState.Completed, 0, 3), (run.State, run.Report!.Writes, run.Report.Employees!.Missing));
        Assert.All(_world.Directory.Employees, employee => Assert.Equal("true", employee.Fields[FieldKeys.Active]));
    }

    [Theory]
    [InlineData(6, 1, null)]
    [InlineData(7, 0, null)]
    [InlineData(7, 1, "directory-shrunk")]
    public async Task Directory_ThatShowsOnlySome_GetsNobodyASecondTime_PL4(int hidden, int added, string? guard)
    {
        await SyncedAsync();
        foreach (var employee in _world.Directory.Employees.Take(hidden).ToList())
        {
            _world.Directory.Remove(employee.Id);
        }

        _world.With([.. Enumerable.Range(100, added).Select(id => Member(id))]);

        var run = guard is null ? await _world.SyncAsync() : await AssertStoppedAsync(guard);

        Assert.Equal((guard is null ? RunState.Completed : RunState.Stopped, hidden), (run.State, run.Report!.Employees!.Planned!.Gone));
        Assert.Equal(guard is null ? added : 0, run.Report.Stages[0].Created);
    }

    [Fact]
    public async Task Plan_Approved_OverADirectoryThatHasShrunk_IsDone_PL3()
    {
        await SyncedAsync();
        _world.Directory.Employees.Take(7).ToList().ForEach(employee => _world.Directory.Remove(employee.Id));
        var stopped = await _world.With(Member(100)).SyncAsync();

        var applied = await _world.SyncAsync(new EmployeeOrder { Plan = stopped.Id });

        Assert.Equal((RunState.Stopped, RunState.Completed, 1), (stopped.State, applied.State, applied.Report!.Stages[0].Created));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public async Task Deactivations_OverTheLimit_Stop_EM9(int leavers, bool stops)
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(1, leavers).Select(id => Member(id, inactive: true, updated: 1))]);

        if (stops)
        {
            var run = await AssertStoppedAsync("too-many-deactivations");
            Assert.Contains("make inactive 7 employees", run.Failure!.Message, StringComparison.Ordinal);
            Assert.Equal(7, run.Report!.Stages[0].Skipped["not-applied"]);
            Assert.Equal(Members, run.Report.Stages[0].Accounted());
        }
        else
        {
            var run = await _world.SyncAsync();
            Assert.Equal((RunState.Completed, leavers), (run.State, run.Report!.Employees!.Deactivated));
        }
    }

    [Fact]
    public async Task Creations_OverTheLimit_StopOnlyAfterTheFirstSync_PL3()
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(100, 31).Select(id => Member(id))]);

        await AssertStoppedAsync("too-many-creations");
    }

    [Fact]
    public async Task Changes_OverTheLimit_Stop_PL3()
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(1, 51).Select(id => Member(id, updated: 1, more: (FieldKeys.Team, "Renamed")))]);

        await AssertStoppedAsync("too-many-changes");
    }

    [Fact]
    public async Task Emptied_OneFieldOfMany_Stops_PL3()
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(1, 7).Select(id => Member(id, updated: 1, more: (FieldKeys.HireDate, null)))]);

        var run = await AssertStoppedAsync("too-many-emptied");

        Assert.Contains("hireDate", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_OverTheLimit_EndsAndTellsTheGuard_PL3()
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(1, 20).Select(id => Member(id, inactive: true, updated: 1))]);

        var run = await _world.SyncAsync(new EmployeeOrder { DryRun = true });

        Assert.Equal((RunState.Completed, "too-many-deactivations"), (run.State, Assert.Single(run.Report!.Employees!.Guards).Code));
    }

    [Fact]
    public async Task Plan_Approved_OverridesTheLimitForThatRunOnly_PL3()
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(1, 20).Select(id => Member(id, inactive: true, updated: 1))]);
        var stopped = await AssertStoppedAsync("too-many-deactivations");

        var applied = await _world.SyncAsync(new EmployeeOrder { Plan = stopped.Id });

        Assert.Equal((RunState.Completed, 20), (applied.State, applied.Report!.Employees!.Deactivated));
        _world.With([.. Enumerable.Range(21, 20).Select(id => Member(id, inactive: true, updated: 1))]);
        await AssertStoppedAsync("too-many-deactivations");
    }

    [Fact]
    public async Task Plan_Approved_DoesNotOverrideTheSource_PL4()
    {
        await SyncedAsync();
        _world.With([.. Enumerable.Range(1, 20).Select(id => Member(id, inactive: true, updated: 1))]);
        var stopped = await AssertStoppedAsync("too-many-deactivations");
        _world.ConnectWise.Counted = Members + 1;

        var applied = await _world.SyncAsync(new EmployeeOrder { Plan = stopped.Id });

        Assert.Equal((RunState.Stopped, "source-incomplete"), (applied.State, applied.Failure!.Code));
    }

    [Fact]
    public async Task Plan_Approved_DoesWhatIsStillTheSameAndNothingElse_PL1()
    {
        await SyncedAsync();
        _world.With(
            Member(1, updated: 1, more: (FieldKeys.Team, "One")), Member(2, updated: 1, more: (FieldKeys.Team, "Two")),
            Member(3, updated: 1, more: (FieldKeys.Team, "Three")));
        var plan = await _world.SyncAsync(new EmployeeOrder { DryRun = true });
        _world.With(Member(2, updated: 2, more: (FieldKeys.Team, "Else")), Member(4, updated: 2, more: (FieldKeys.Team, "New")));
        _world.Directory.Employees.Single(employee => employee.Fields[FieldKeys.Email] == "m3@example.com").Fields[FieldKeys.Team] = "Mine";

        var run = await _world.SyncAsync(new EmployeeOrder { Plan = plan.Id });

        Assert.Equal("One", TeamOf(1));
        Assert.Equal(("Service", "Mine", "Service"), (TeamOf(2), TeamOf(3), TeamOf(4)));
        foreach (var id in new[] { 2, 3, 4 })
        {
            Assert.Equal((Outcome.Skipped, "changed-meanwhile"), ((await _world.LineAsync(run, id)).Outcome, (await _world.LineAsync(run, id)).Reason));
        }
    }

    private string? TeamOf(int member) =>
        _world.Directory.Employees.Single(employee => employee.Fields[FieldKeys.Email] == $"m{member}@example.com").Fields[FieldKeys.Team];

    private async Task SyncedAsync()
    {
        await _world.With([.. Enumerable.Range(1, Members).Select(id => Member(id))]).SetAsync(Settings);
        Assert.Equal(RunState.Completed, (await _world.SyncAsync()).State);
    }

    private async Task<Run> AssertStoppedAsync(string guard)
    {
        var writes = _world.Directory.Writes.Count;
        var run = await _world.SyncAsync();
        Assert.Equal((RunState.Stopped, guard, true), (run.State, run.Failure?.Code, run.Ended));
        Assert.Equal(writes, _world.Directory.Writes.Count);
        return run;
    }
}
