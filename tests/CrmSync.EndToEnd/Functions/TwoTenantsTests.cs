using System.Diagnostics;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;
using CrmSync.Simulator.Faults;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;
using Xunit.Abstractions;

namespace CrmSync.EndToEnd.Functions;

/// <summary>AX-1: two tenants in one Functions host share neither a record, nor a secret, nor a limit.</summary>
[Collection(FunctionsTests.Name)]
public sealed class TwoTenantsTests(FunctionsApp app, ITestOutputHelper output)
{
    private const double SeedShare = 0.2;

    [FunctionsFact]
    public async Task Import_OfTwoTenantsAtTheSameTime_EndsForEachAsIfAlone_AX1()
    {
        var otherAccount = Accounts.Whole(62) with { CompanyId = "othermsp", PrivateKey = "another-key-of-another-company" };
        await using var mine = await HostPair.OpenAsync(Accounts.Whole(61), SeedShare);
        await using var theirs = await HostPair.OpenAsync(otherAccount, SeedShare);
        var (me, them) = (await app.NewTenantAsync(), await app.NewTenantAsync());

        var ended = await Task.WhenAll(mine.ImportAsync(me), theirs.ImportAsync(them));

        var foreign = await Assert.ThrowsAsync<ApiException>(() => them.RunAsync(ended[0].Id, CancellationToken.None));
        Assert.Equal("run-unknown", foreign.Problem.Code);
        await mine.AssertSameAsync(me, app.Api, ended[0]);
        await theirs.AssertSameAsync(them, app.Api, ended[1]);
    }

    [FunctionsFact]
    public async Task Import_BesideOneWhoseConnectWiseNeverAnswers_IsDoneWhileTheOtherWaits_AX1()
    {
        var gate = new RequestGate();
        await using var stuck = await HostPair.OpenAsync(Accounts.Whole(63) with { Time = gate, Latency = RequestGate.Latency }, SeedShare);
        await using var free = await HostPair.OpenAsync(Accounts.Whole(64), SeedShare);
        var (waiting, working) = (await app.NewTenantAsync(), await app.NewTenantAsync());
        await stuck.SetUpAsync(waiting);
        var held = gate.HoldAfter(1);
        var begun = await waiting.StartImportAsync(null, dryRun: false, CancellationToken.None);
        await held;

        var ended = await free.ImportAsync(working);
        Assert.False((await waiting.RunAsync(begun.Id, CancellationToken.None)).Ended);
        gate.Release();
        var released = await World.FollowAsync(waiting, begun.Id);

        await free.AssertSameAsync(working, app.Api, ended);
        await stuck.AssertSameAsync(waiting, app.Api, released);
    }

    [FunctionsFact]
    public async Task Import_BesideOneThatFailsEndlessly_AsksConnectWiseNoMoreThanAlone_AX1()
    {
        var account = Accounts.Pages(65) with { Latency = TimeSpan.FromMilliseconds(50) };
        await using var broken = await SimulatorServer.StartAsync(Accounts.Small(66));
        await using var brokenCrm = await ServedCrm.StartAsync(broken.Options, 0);
        var failing = await app.NewTenantAsync();
        await World.SetUpAsync(failing, SimulatedConnection.Of(broken) with { Crm = brokenCrm.Form });
        var alone = await MeasureAsync(account);

        broken.Switches.Faults.SetRate(FaultKind.OpaqueError, 1);
        broken.Requests.Reset();
        using var enough = new CancellationTokenSource();
        var endless = FailAsync(failing, enough.Token);
        var beside = await MeasureAsync(account);
        await enough.CancelAsync();
        var failures = await endless;

        output.WriteLine($"Alone {alone.Seconds:0.0} s and {alone.Requests} requests; beside {broken.Requests.Total} failing "
            + $"requests in {failures} failed imports {beside.Seconds:0.0} s ({beside.Seconds / alone.Seconds:0.00} times as long) and {beside.Requests} requests.");
        Assert.True(broken.Requests.Total > 0, "The other one tried.");
        Assert.Equal(alone.Counts, beside.Counts);
        Assert.Equal(alone.Requests, beside.Requests);
    }

    private async Task<(string Counts, long Requests, double Seconds)> MeasureAsync(SimulatorOptions account)
    {
        await using var connectWise = await SimulatorServer.StartAsync(account);
        await using var crm = await ServedCrm.StartAsync(account, 0);
        var tenant = await app.NewTenantAsync();
        await World.SetUpAsync(tenant, SimulatedConnection.Of(connectWise) with { Crm = crm.Form });
        connectWise.Requests.Reset();
        var clock = Stopwatch.StartNew();
        var run = await World.FollowAsync(tenant, (await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None)).Id);
        Assert.Equal(RunState.Completed, run.State);
        return (FinalState.Counts(run), connectWise.Requests.Total, clock.Elapsed.TotalSeconds);
    }

    // Imports again and again; answers how often that failed.
    private static async Task<int> FailAsync(TenantClient tenant, CancellationToken enough)
    {
        for (var failed = 0; ; failed++)
        {
            var run = await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
            for (; !run.Ended; run = await tenant.RunAsync(run.Id, CancellationToken.None))
            {
                if (enough.IsCancellationRequested)
                {
                    await tenant.CancelAsync(run.Id, CancellationToken.None);
                    await World.FollowAsync(tenant, run.Id);
                    return failed;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            }

            Assert.Equal(RunState.Failed, run.State);
        }
    }
}
