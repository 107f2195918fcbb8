using System.Collections.Concurrent;
using CrmSync.Core.Employees;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Employees;

/// <summary>What a sync comes to when nobody kills its server: once for each kind of directory.</summary>
public sealed class Undisturbed
{
    private readonly ConcurrentDictionary<DirectoryKind, Lazy<Task<(EmployedState, IReadOnlyList<string>)>>> _states = new();

    internal Task<(EmployedState State, IReadOnlyList<string> Mailed)> OfAsync(DirectoryKind kind, int seed) =>
        _states.GetOrAdd(kind, _ => new(() => RunAsync(kind, seed))).Value;

    /// <summary>Another sync writes nothing, sends nothing and moves no picture (EM-7, EM-10).</summary>
    internal static async Task AssertNothingLeftAsync(EmployedWorld world, ServeProcess serve)
    {
        var before = world.Effects();
        Assert.True(before is { Mails: > 0, Photos: > 0 } && before.Changes > 0 == world.Scim is not null, $"{before}");
        var again = await EmployedWorld.SyncAsync(serve);
        Assert.Equal((RunState.Completed, 0, 0, 0), (again.State, again.Report!.Writes, again.Report.Employees!.Invited, again.Report.Employees.Pictures));
        Assert.Equal(before, world.Effects());
    }

    private static async Task<(EmployedState, IReadOnlyList<string>)> RunAsync(DirectoryKind kind, int seed)
    {
        await using var world = await EmployedWorld.ReadyAsync(kind, seed);
        Run ended;
        using (var serve = await world.ServeAsync())
        {
            ended = await EmployedWorld.EndedAsync(serve);
            await AssertNothingLeftAsync(world, serve);
            await serve.KillAsync();
        }

        var (state, mailed) = (await world.StateAsync(ended), await world.MailedAsync());

        // Enough of everything that a kill has something to disturb.
        Assert.Equal(RunState.Completed, ended.State);
        Assert.True(ended.Report!.Stages[0] is { Created: > 15, Linked: 1 }, state.Report);
        Assert.InRange(ended.Report.Employees!.Pictures, 5, 100);
        Assert.InRange(mailed.Count, 5, 100);
        Assert.Equal(mailed, state.Invited);
        return (state, mailed);
    }
}
