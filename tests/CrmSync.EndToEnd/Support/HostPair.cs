using CrmSync.Core.Runs;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Support;

/// <summary>An account that Standalone has imported into a CRM of its own, and a second CRM for another host to do the same.</summary>
internal sealed class HostPair : IAsyncDisposable
{
    private readonly ServedCrm _expected;
    private readonly ServedCrm _actual;
    private readonly World _world;
    private readonly Run _run;

    private HostPair(World world, ServedCrm expected, ServedCrm actual, Run run) => (_world, _expected, _actual, _run) = (world, expected, actual, run);

    public SimulatorServer ConnectWise => _world.ConnectWise;

    /// <summary>Imports the account by Standalone.</summary>
    public static async Task<HostPair> OpenAsync(SimulatorOptions account, double seedShare)
    {
        var world = await World.OpenAsync(account);
        var (expected, actual) = (await ServedCrm.StartAsync(account, seedShare), await ServedCrm.StartAsync(account, seedShare));
        return new HostPair(world, expected, actual, await ImportAsync(world.Tenant, world, expected));
    }

    /// <summary>Sets a tenant of the other host up for the same account.</summary>
    public Task SetUpAsync(TenantClient tenant) => World.SetUpAsync(tenant, _world.Connection() with { Crm = _actual.Form });

    /// <summary>Sets a tenant of the other host up, and imports.</summary>
    public Task<Run> ImportAsync(TenantClient tenant) => ImportAsync(tenant, _world, _actual);

    /// <summary>Whether the other host's import came to the same report, records and links. Ends both CRMs.</summary>
    public async Task AssertSameAsync(TenantClient tenant, ApiClient api, Run run)
    {
        Assert.Equal(FinalState.Counts(_run), FinalState.Counts(run));
        var (left, right) = (await _expected.StopAndExportAsync(), await _actual.StopAndExportAsync());
        FinalState.AssertSame(
            new FinalState(left.Meaning(), await LinkExport.ShownAsync(_world.Tenant, _world.Api, left), "", left),
            new FinalState(right.Meaning(), await LinkExport.ShownAsync(tenant, api, right), "", right), "the other host");
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _expected.DisposeAsync();
        await _actual.DisposeAsync();
    }

    private static async Task<Run> ImportAsync(TenantClient tenant, World world, ServedCrm crm)
    {
        await World.SetUpAsync(tenant, world.Connection() with { Crm = crm.Form });
        return await World.FollowAsync(tenant, (await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None)).Id);
    }
}
