using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Api.Tests;

/// <summary>IM-5: runs of every kind are stopped by one route.</summary>
public sealed class CancelTests : IAsyncLifetime
{
    private readonly ApiHost _api = new();

    public async Task InitializeAsync()
    {
        await _api.InitializeAsync();
        await _api.SaveUpToAsync(SetupStep.Connection);
    }

    public Task DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData(RunKind.Import, false)]
    [InlineData(RunKind.EmployeeSync, false)]
    [InlineData(RunKind.EmployeeSync, true)]
    public async Task Run_AtWork_IsAskedToStop_IM5(RunKind kind, bool dryRun)
    {
        await AddAsync("r1", kind, RunState.Running, dryRun);

        var cancelled = (await _api.PostAsync("/api/tenants/acme/runs/r1/cancel")).Is(202);
        var again = (await _api.PostAsync("/api/tenants/acme/runs/r1/cancel")).Is(202);

        Assert.Equal(("cancelling", "/api/tenants/acme/runs/r1"), (cancelled.Member("state"), cancelled.Location));
        Assert.Equal("cancelling", again.Member("state"));
        Assert.Equal("cancelling", (await _api.GetAsync(cancelled.Location!)).Is(200).Member("state"));
    }

    [Theory]
    [InlineData(RunState.Completed)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Stopped)]
    public async Task Run_ThatHasEnded_IsRefused_AX3(RunState state)
    {
        await AddAsync("r1", RunKind.EmployeeSync, state, dryRun: false);

        var refused = (await _api.PostAsync("/api/tenants/acme/runs/r1/cancel")).IsProblem(409, "run-ended");

        Assert.Equal(("run", "See its report."), (refused.Member("field"), refused.Member("remedy")));
        Assert.Equal(state, (await _api.Runs.FindAsync(SetupWorld.Acme, new("r1"), default))!.State);
    }

    [Fact]
    public async Task Run_NobodyKnowsOrAnotherTenants_IsRefusedAlike_AX1_AX3()
    {
        await AddAsync("r1", RunKind.EmployeeSync, RunState.Running, dryRun: false);

        (await _api.PostAsync("/api/tenants/acme/runs/r9/cancel")).IsProblem(404, "run-unknown");
        (await _api.SendAsync(HttpMethod.Post, "/api/tenants/beta/runs/r1/cancel", _api.Beta)).IsProblem(404, "run-unknown");

        Assert.Equal(RunState.Running, (await _api.Runs.FindAsync(SetupWorld.Acme, new("r1"), default))!.State);
    }

    private async Task AddAsync(string id, RunKind kind, RunState state, bool dryRun) => Assert.Null(await _api.Runs.TryBeginAsync(
        new Run
        {
            Id = new(id),
            Tenant = SetupWorld.Acme,
            Kind = kind,
            Stages = kind == RunKind.Import ? Stages.All : [Entity.Employee],
            State = state,
            DryRun = dryRun,
            Employees = kind == RunKind.Import ? null : new EmployeeOrder { DryRun = dryRun },
            StartedAt = _api.Time.GetUtcNow(),
        }, default));
}
