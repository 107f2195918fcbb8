using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Functions;

/// <summary>What the app does by the clock, told to do it now. The daily sync of employees has its own tests.</summary>
[Collection(FunctionsTests.Name)]
public sealed class TimerTests(FunctionsApp app)
{
    [FunctionsFact]
    public async Task Sweep_OfARunWhoseOrchestrationIsGone_ClosesItAndFreesItsTenant_IM8()
    {
        var gate = new RequestGate();
        await using var pair = await HostPair.OpenAsync(Accounts.Small(67) with { Time = gate, Latency = RequestGate.Latency }, 0);
        var tenant = await app.NewTenantAsync();
        await pair.SetUpAsync(tenant);
        var held = gate.HoldAfter(0);
        var lost = await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
        await held;
        await app.TerminateAsync(tenant, lost.Id);
        gate.Release();

        // A run is left alone for two minutes, in which it may still be about to begin.
        Run swept;
        do
        {
            await app.RunTimerAsync("sweep");
            swept = await tenant.RunAsync(lost.Id, CancellationToken.None);
        }
        while (!swept.Ended);

        Assert.Equal((RunState.Failed, "never-started"), (swept.State, swept.Failure?.Code));
        await pair.AssertSameAsync(tenant, app.Api, await pair.ImportAsync(tenant));
    }

    [FunctionsFact]
    public async Task Purge_OfRunsThatEndedJustNow_LeavesThemAndTheirReports()
    {
        await using var pair = await HostPair.OpenAsync(Accounts.Small(68), 0);
        var tenant = await app.NewTenantAsync();
        var run = await pair.ImportAsync(tenant);

        await app.RunTimerAsync("purge");

        Assert.Equal(FinalState.Counts(run), FinalState.Counts(await tenant.RunAsync(run.Id, CancellationToken.None)));
        await pair.AssertSameAsync(tenant, app.Api, run);
    }
}
