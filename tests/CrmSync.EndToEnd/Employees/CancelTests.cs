using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Core.Runs;
using CrmSync.Mail.Tests.Support;

namespace CrmSync.EndToEnd.Employees;

/// <summary>IM-5 for the employee sync: one that is at work is stopped by another process's command, and the next one ends as if nothing had been.</summary>
public sealed class CancelTests(Undisturbed undisturbed) : IClassFixture<Undisturbed>
{
    private const int Seed = 411;

    [NodeTheory]
    [InlineData(DirectoryKind.BuiltIn, Place.ConnectWise, 2)]
    [InlineData(DirectoryKind.BuiltIn, Place.ConnectWise, 9)]
    [InlineData(DirectoryKind.Scim, Place.DirectoryRead, 1)]
    [InlineData(DirectoryKind.Scim, Place.Created, 4)]
    public async Task Sync_CancelledByACommand_StopsAndTheNextOneEndsAsUndisturbed_IM5(DirectoryKind kind, Place place, int number)
    {
        var (expected, mailed) = await undisturbed.OfAsync(kind, Seed);
        await using var world = await EmployedWorld.ReadyAsync(kind, Seed);
        var cut = world.CutAt(place, number);
        using var serve = await world.ServeAsync();
        await cut;
        var run = await EmployedWorld.BegunAsync(serve);

        var cancelled = await world.RunAsync("runs", "cancel", run.Id.Value, "--json");
        var late = await world.RunAsync("runs", "cancel", run.Id.Value);
        world.Release();
        var next = await EmployedWorld.SyncAsync(serve);
        await Undisturbed.AssertNothingLeftAsync(world, serve);
        await serve.KillAsync();

        Assert.True(cancelled.Code == 0, cancelled.Error);
        var stopped = CoreJson.Deserialize<Run>(cancelled.Output);
        Assert.Equal(RunState.Cancelled, stopped.State);
        Assert.All(stopped.Report!.Stages, stage => Assert.Equal(stage.Read, stage.Accounted()));
        Assert.NotEqual(0, late.Code);
        Assert.Contains("has ended", late.Error, StringComparison.Ordinal);
        Assert.Equal(RunState.Completed, next.State);
        var (state, sent) = (await world.StateAsync(next), await world.MailedAsync());
        Assert.Equal(expected.Employees, state.Employees);
        Assert.Equal(expected.Links, state.Links);
        Assert.Equal(mailed, sent);
        Assert.Empty(state.Unknown);
    }
}
