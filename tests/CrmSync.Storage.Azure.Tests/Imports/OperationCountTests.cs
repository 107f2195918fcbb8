using CrmSync.Core.Runs;
using CrmSync.Simulator;
using CrmSync.Storage.Azure.Tests.Support;
using Xunit.Abstractions;

namespace CrmSync.Storage.Azure.Tests.Imports;

/// <summary>How many operations on tables an import costs, counted in the client's pipeline.</summary>
[NeedsAzurite]
public sealed class OperationCountTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const double MostUnchanged = 0.05;
    private readonly AzureSpace _space = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Import_Unchanged_NeedsFewOperationsAndNoWrites() // IM-6
    {
        var requests = new RequestCounter();
        var stores = await _space.OpenAsync(null, requests);
        var options = new SimulatorOptions { Companies = 1_000, Contacts = 3_000, CatalogItems = 400, Activities = 4_000, Opportunities = 400 };
        await using var world = await ImportWorld.OpenAsync(options, stores);

        var first = await MeasureAsync(world, requests);
        var again = await MeasureAsync(world, requests);

        Assert.True(first.Run.Report!.Writes > 5_000, "The account came in.");
        Assert.Equal(0, again.Run.Report!.Writes);
        Assert.InRange(again.PerRecord, 0, MostUnchanged);
        Assert.InRange(first.PerRecord, 0, 2 * MostUnchanged);
    }

    private async Task<(Run Run, double PerRecord)> MeasureAsync(ImportWorld world, RequestCounter requests)
    {
        requests.Reset();
        var run = await world.ImportAsync();
        Assert.Equal(RunState.Completed, run.State);
        var read = run.Report!.Stages.Sum(stage => stage.Read);
        var each = (double)requests.Total / read;
        output.WriteLine($"{requests.Total} operations on tables for {read} records, {run.Report.Writes} of them written: {each:0.0000} each.");
        foreach (var (kind, count) in requests.ByKind)
        {
            output.WriteLine($"  {kind.Replace(_space.Prefix, "", StringComparison.Ordinal)}: {count}");
        }

        return (run, each);
    }
}
