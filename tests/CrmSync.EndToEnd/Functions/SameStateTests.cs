using System.Diagnostics;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Standalone.Client;
using Xunit.Abstractions;

namespace CrmSync.EndToEnd.Functions;

/// <summary>An import by the Functions host comes to the same as Standalone's of the same account, record by record.</summary>
[Collection(FunctionsTests.Name)]
public sealed class SameStateTests(FunctionsApp app, ITestOutputHelper output)
{
    private const int Seed = 611;
    private const double SeedShare = 0.2;
    private const int RequestsBeforeDeath = 12;
    private const long WritesBeforeDeath = 4_000;

    [FunctionsFact]
    public async Task Import_ByBothHosts_ComesToTheSameRecordsLinksAndReport_IM6()
    {
        await using var pair = await HostPair.OpenAsync(Accounts.Whole(Seed), SeedShare);
        var tenant = await app.NewTenantAsync();

        var actual = await pair.ImportAsync(tenant);
        var again = await World.FollowAsync(tenant, (await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None)).Id);

        Assert.Equal((RunState.Completed, 0L), (again.State, again.Report!.Writes));
        await pair.AssertSameAsync(tenant, app.Api, actual);
    }

    [FunctionsFact]
    public async Task Import_WithHostAndWorkerKilledWhileItReadsAndWhileItWrites_ComesToTheSame_IM5()
    {
        var gate = new RequestGate();
        await using var pair = await HostPair.OpenAsync(Accounts.Large(Seed) with { Time = gate, Latency = RequestGate.Latency }, SeedShare);
        var tenant = await app.NewTenantAsync();
        await pair.SetUpAsync(tenant);

        var held = gate.HoldAfter(RequestsBeforeDeath);
        var started = await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
        await held;
        await app.KillAsync();
        gate.Release();
        var clock = Stopwatch.StartNew();
        await app.StartAsync();
        var writing = await World.WritingAsync(tenant, started.Id, WritesBeforeDeath);
        await app.KillAsync();
        output.WriteLine($"Killed after {RequestsBeforeDeath} requests, and {clock.Elapsed.TotalSeconds:0} s after that with {writing} records written.");
        clock.Restart();
        await app.StartAsync();
        var ended = await World.FollowAsync(tenant, started.Id);
        output.WriteLine($"Ended {clock.Elapsed.TotalSeconds:0} s after the second death: "
            + $"{ended.Report?.Stages.Sum(stage => stage.Read)} records, {ended.Report?.Writes} writes.");

        await pair.AssertSameAsync(tenant, app.Api, ended);
    }

    [FunctionsFact]
    public async Task Import_ThatIsCancelled_StopsAndTheNextOneDoesTheRest_IM5()
    {
        var account = Accounts.Pages(Seed) with { Latency = TimeSpan.FromMilliseconds(300) };
        await using var crm = await ServedCrm.StartAsync(account, 0);
        await using var world = await World.OpenAsync(account);
        var tenant = await app.NewTenantAsync();
        await World.SetUpAsync(tenant, world.Connection() with { Crm = crm.Form });

        var started = await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<ApiException>(() => tenant.StartImportAsync(null, dryRun: false, CancellationToken.None));
        await tenant.CancelAsync(started.Id, CancellationToken.None);
        var cancelled = await World.FollowAsync(tenant, started.Id);
        var next = await World.FollowAsync(tenant, (await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None)).Id);

        Assert.Equal("import-running", refused.Problem.Code);
        Assert.Equal((RunState.Cancelled, RunState.Completed), (cancelled.State, next.State));
        Assert.All(next.Report!.Stages, stage => Assert.Equal(stage.Read, stage.Accounted()));
    }
}
