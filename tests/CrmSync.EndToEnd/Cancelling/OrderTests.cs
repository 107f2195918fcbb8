using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Support;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Cancelling;

/// <summary>One import at a time, and stages in their order.</summary>
public sealed class OrderTests
{
    private const int Seed = 55;

    [Fact]
    public async Task Import_WhileOneRuns_IsRefusedWithTheRunningOnesId_IM8()
    {
        var gate = new RequestGate();
        await using var world = await World.ReadyAsync(Accounts.Small(Seed) with { Time = gate, Latency = RequestGate.Latency });
        var held = gate.HoldAfter(4);
        var running = await world.Tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
        await held;

        var refused = await Assert.ThrowsAsync<ApiException>(() => world.Tenant.StartImportAsync(null, dryRun: true, CancellationToken.None));
        var cancelling = await world.Tenant.CancelAsync(running.Id, CancellationToken.None);
        gate.Release();
        var ended = await world.FollowAsync(running);
        var late = await Assert.ThrowsAsync<ApiException>(() => world.Tenant.CancelAsync(running.Id, CancellationToken.None));

        Assert.Equal((409, "import-running", running.Id.Value), (refused.Problem.Status, refused.Problem.Code, refused.Detail("run")));
        Assert.True(cancelling.State is RunState.Cancelling or RunState.Cancelled);
        Assert.Equal(RunState.Cancelled, ended.State);
        Assert.Equal((409, "run-ended"), (late.Problem.Status, late.Problem.Code));
        Assert.Equal(RunState.Completed, (await world.ImportAsync()).State);
    }

    [Fact]
    public async Task Stage_AskedForAlone_WaitsForThoseAheadOfIt_IM2()
    {
        await using var world = await World.ReadyAsync(Accounts.Small(Seed));
        foreach (var (stage, ahead) in Stages.All.Skip(1).Zip(Stages.All))
        {
            var refused = await Assert.ThrowsAsync<ApiException>(() => world.ImportAsync(Stages.NameOf(stage)));
            Assert.Equal((409, "stage-missing", Stages.NameOf(ahead)), (refused.Problem.Status, refused.Problem.Code, refused.Detail("stage")));

            var done = await world.ImportAsync(Stages.NameOf(ahead));
            Assert.Equal((RunState.Completed, Stages.NameOf(ahead)), (done.State, done.Report!.Stages.Single().Stage));
        }

        var last = await world.ImportAsync(Stages.NameOf(Entity.Opportunity));
        var apart = await world.StateAsync(last);
        await world.StartHostAsync();

        await using var whole = await World.ReadyAsync(Accounts.Small(Seed));
        var together = await whole.StateAsync(await whole.ImportAsync());
        await whole.StartHostAsync();
        FinalState.AssertSameRecords(together, apart, "stage by stage");
    }
}
