using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Repeating;

/// <summary>PL-8: what a run is expected to need is told, and stands in its report beside what it needed.</summary>
public sealed class ForecastTests : IAsyncLifetime
{
    private const int Seed = 907;

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.ReadyAsync(Accounts.Middle(Seed));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Import_FirstAndAgain_NeedsWhatWasForecastAtTheMost_PL8()
    {
        var first = await _world.ImportAsync();
        var again = await _world.ImportAsync();

        foreach (var run in (Run[])[first, again])
        {
            var (forecast, fact) = (run.Report!.Forecast!, run.Report.ConnectWiseRequests);
            Assert.Equal(forecast, run.Progress.Forecast);
            Assert.InRange(fact, 1, forecast.Requests);
            Assert.True(forecast.Seconds > 0 && forecast.ShareOfLimit > 0);
        }

        // Everything was new the first time: nothing of the forecast was spared.
        Assert.Equal(first.Report!.Forecast!.Requests, first.Report.ConnectWiseRequests);
    }

    // Activities are numbered from 5,003 on. Slices that began at 0 would leave the first one empty, and the others would each overflow into a third page.
    [Fact]
    public async Task Import_OfAListWhoseIdsBeginLate_ReadsWholePages_PL8()
    {
        await using var world = await World.ReadyAsync(Accounts.Small(Seed) with { Activities = 9000 });

        var run = await world.ImportAsync();

        Assert.InRange(run.Report!.ConnectWiseRequests, 1, run.Report.Forecast!.Requests + 1);
    }

    [Theory]
    [InlineData(300, 0.2, 4, 15, 0.3)]
    [InlineData(4800, 0.2, 4, 240, 1.2)]
    [InlineData(0, 0, 0, 0, 0)]
    public void Forecast_OfRequests_IsTheFloorAndTheShareOfAThousandAMinute_PL8(long requests, double latency, int concurrency, double seconds, double share) =>
        Assert.Equal(new RunForecast(requests, seconds, share), RunForecast.Of(requests, latency, concurrency));
}
