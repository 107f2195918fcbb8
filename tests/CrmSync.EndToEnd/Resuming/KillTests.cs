using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Resuming;

/// <summary>IM-5: a real process, really killed.</summary>
public sealed class KillTests
{
    private const int Seed = 77;

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(13)]
    public async Task Serve_KilledInTheMiddleOfAnImport_GoesOnByItselfAndEndsAsUndisturbed_IM5(int requests)
    {
        var gate = new RequestGate();
        await using var world = await World.ReadyAsync(Accounts.Small(Seed) with { Time = gate, Latency = RequestGate.Latency });
        await world.StopHostAsync();
        using var copy = world.Folder.Copy();
        var undisturbed = await UndisturbedAsync(copy.Path);

        var held = gate.HoldAfter(requests);
        Run started;
        using (var serve = await ServeProcess.StartAsync(world.Folder.Path))
        {
            started = await new TenantClient(serve.Api, World.Id).StartImportAsync(null, dryRun: false, CancellationToken.None);
            await held;
            await serve.KillAsync();
        }

        gate.Release();
        using (var serve = await ServeProcess.StartAsync(world.Folder.Path))
        {
            var ended = await World.FollowAsync(new TenantClient(serve.Api, World.Id), started.Id);
            await serve.KillAsync();
            await using var engine = await Engine.OpenAsync(world.Folder.Path);
            FinalState.AssertSame(undisturbed, await engine.StateAsync(World.Id, ended), $"killed after {requests} requests");
        }

        await world.StartHostAsync();
    }

    private static async Task<FinalState> UndisturbedAsync(string directory)
    {
        await using var engine = await Engine.OpenAsync(directory);
        return await engine.StateAsync(World.Id, await engine.WhenEndedAsync(World.Id, await engine.StartAsync(World.Id)));
    }
}
