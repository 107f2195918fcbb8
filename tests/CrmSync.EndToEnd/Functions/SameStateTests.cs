using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Standalone.Client;

namespace CrmSync.EndToEnd.Functions;

/// <summary>An import by the Functions host comes to the same as Standalone's of the same account, record by record.</summary>
public sealed class SameStateTests
{
    private const int Seed = 611;
    private const double SeedShare = 0.2;

    [FunctionsFact]
    public async Task Import_ByBothHosts_ComesToTheSameRecordsLinksAndReport_IM6()
    {
        var account = Accounts.Whole(Seed);
        await using var expectedCrm = await ServedCrm.StartAsync(account, SeedShare);
        await using var actualCrm = await ServedCrm.StartAsync(account, SeedShare);
        await using var world = await World.OpenAsync(account);
        using var functions = new ApiClient(FunctionsHost.Address, FunctionsHost.Operator);
        var tenant = await FunctionsHost.NewTenantAsync(functions);

        var expected = await ImportAsync(world.Tenant, world, expectedCrm);
        var actual = await ImportAsync(tenant, world, actualCrm);
        var again = await World.FollowAsync(tenant, (await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None)).Id);

        Assert.Equal((RunState.Completed, 0L), (again.State, again.Report!.Writes));
        Assert.Equal(FinalState.Counts(expected), FinalState.Counts(actual));
        var (left, right) = (await expectedCrm.StopAndExportAsync(), await actualCrm.StopAndExportAsync());
        Assert.Equal(left.Meaning(), right.Meaning());
        Assert.Equal(await FunctionsHost.LinksAsync(world.Api, World.Id, left), await FunctionsHost.LinksAsync(functions, tenant.Tenant, right));
    }

    [FunctionsFact]
    public async Task Import_ThatIsCancelled_StopsAndTheNextOneDoesTheRest_IM5()
    {
        var account = Accounts.Pages(Seed) with { Latency = TimeSpan.FromMilliseconds(300) };
        await using var crm = await ServedCrm.StartAsync(account, 0);
        await using var world = await World.OpenAsync(account);
        using var functions = new ApiClient(FunctionsHost.Address, FunctionsHost.Operator);
        var tenant = await FunctionsHost.NewTenantAsync(functions);
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

    private static async Task<Run> ImportAsync(TenantClient tenant, World world, ServedCrm crm)
    {
        await World.SetUpAsync(tenant, world.Connection() with { Crm = crm.Form });
        return await World.FollowAsync(tenant, (await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None)).Id);
    }
}
