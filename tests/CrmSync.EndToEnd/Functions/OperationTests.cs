using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;
using Xunit.Abstractions;

namespace CrmSync.EndToEnd.Functions;

/// <summary>How many operations on tables an import by the Functions host costs, counted where they arrive.</summary>
[Collection(FunctionsTests.Name)]
public sealed class OperationTests(FunctionsApp app, ITestOutputHelper output)
{
    private const double MostUnchanged = 0.05;

    [FunctionsFact]
    public async Task Import_Unchanged_NeedsFewOperationsOnTables_IM6()
    {
        var account = Accounts.Large(613);
        await using var connectWise = await SimulatorServer.StartAsync(account);
        await using var crm = await ServedCrm.StartAsync(account, 0);
        var tenant = await app.NewTenantAsync();
        await World.SetUpAsync(tenant, Standalone.Commands.SimulatedConnection.Of(connectWise) with { Crm = crm.Form });

        var first = await MeasureAsync(tenant);
        var again = await MeasureAsync(tenant);

        Assert.True(first.Run.Report!.Writes > 10_000, "The account came in.");
        Assert.Equal(0, again.Run.Report!.Writes);
        Assert.InRange(again.PerRecord, 0, MostUnchanged);
        Assert.InRange(first.PerRecord, 0, 2 * MostUnchanged);
    }

    // Only the run's end is asked for meanwhile: every question costs operations of its own, and they are counted.
    private async Task<(Run Run, double PerRecord)> MeasureAsync(TenantClient tenant)
    {
        var (own, host) = (app.Storage.TableRequests, app.Storage.HostTableRequests);
        var started = await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
        var run = await World.FollowAsync(tenant, started.Id, TimeSpan.FromSeconds(5));
        (own, host) = (app.Storage.TableRequests - own, app.Storage.HostTableRequests - host);
        Assert.Equal(RunState.Completed, run.State);
        var read = run.Report!.Stages.Sum(stage => stage.Read);
        output.WriteLine($"{read} records, {run.Report.Writes} written: {own} operations on the product's tables, {(double)own / read:0.0000} each; "
            + $"{host} on Durable Functions' own, {(double)host / read:0.0000} each.");
        return (run, (double)own / read);
    }
}
