using CrmSync.Core.Records;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;

namespace CrmSync.EndToEnd.Resuming;

/// <summary>A small account that is set up and never imported: each try begins at a copy of its data directory.</summary>
public sealed class Template : IAsyncLifetime
{
    private const int Seed = 20_260_131;

    private World? _world;

    internal static TenantId Tenant => World.Id;

    internal SimulatorServer ConnectWise => _world!.ConnectWise;

    internal FinalState Undisturbed { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _world = await World.ReadyAsync(Accounts.Small(Seed));
        await _world.StopHostAsync();
        using var copy = Copy();
        await using var engine = await Engine.OpenAsync(copy.Path);
        var run = await engine.StartAsync(Tenant);
        Undisturbed = await engine.StateAsync(Tenant, await engine.WhenEndedAsync(Tenant, run));
    }

    public async Task DisposeAsync()
    {
        await _world!.ConnectWise.DisposeAsync();
        _world.Folder.Dispose();
    }

    internal TempFolder Copy() => _world!.Folder.Copy();

    /// <summary>Takes up what a process left behind, to its end.</summary>
    internal static async Task<FinalState> ResumeAsync(string directory, RunId run, EngineTaps? taps = null)
    {
        await using var engine = await Engine.OpenAsync(directory, taps);
        await engine.Workflows.ResumeAllAsync();
        return await engine.StateAsync(Tenant, await engine.WhenEndedAsync(Tenant, run));
    }
}
