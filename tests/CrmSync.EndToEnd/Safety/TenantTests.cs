using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;

namespace CrmSync.EndToEnd.Safety;

/// <summary>AX-1: two tenants in one server share nothing.</summary>
public sealed class TenantTests
{
    private static readonly TenantId Other = new("other");

    [Fact]
    public async Task Import_OfTwoTenantsAtTheSameTime_EndsForEachAsIfAlone_AX1()
    {
        var (mine, theirs) = (Accounts.Small(61), Accounts.Small(62) with { CompanyId = "othermsp" });
        var alone = (Mine: await AloneAsync(mine), Theirs: await AloneAsync(theirs));

        await using var world = await World.ReadyAsync(mine);
        await using var site = await SimulatorServer.StartAsync(theirs);
        await Tenants.AddAsync(world.Api, Other.Value, "Other", CancellationToken.None);
        await World.SeedAsync(world.Host.Crms, theirs, 0.1, Other);
        var tenant = new TenantClient(world.Api, Other);
        await World.SetUpAsync(tenant, SimulatedConnection.Of(site));

        var runs = await Task.WhenAll(
            world.Tenant.StartImportAsync(null, false, CancellationToken.None), tenant.StartImportAsync(null, false, CancellationToken.None));
        var ended = await Task.WhenAll(world.FollowAsync(runs[0]), World.FollowAsync(tenant, runs[1].Id));
        Assert.All(ended, run => Assert.Equal(RunState.Completed, run.State));
        var foreign = await Assert.ThrowsAsync<ApiException>(() => tenant.RunAsync(runs[0].Id, CancellationToken.None));
        Assert.Equal("run-unknown", foreign.Problem.Code);

        await world.StopHostAsync();
        await using (var engine = await Engine.OpenAsync(world.Folder.Path))
        {
            FinalState.AssertSame(alone.Mine, await engine.StateAsync(World.Id, ended[0]), "mine");
            FinalState.AssertSame(alone.Theirs, await engine.StateAsync(Other, ended[1]), "theirs");
        }

        await world.StartHostAsync();
    }

    private static async Task<FinalState> AloneAsync(SimulatorOptions options)
    {
        await using var world = await World.ReadyAsync(options);
        var state = await world.StateAsync(await world.ImportAsync());
        await world.StartHostAsync();
        return state;
    }
}
