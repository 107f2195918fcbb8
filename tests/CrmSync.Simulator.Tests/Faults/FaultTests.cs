using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Faults;
using CrmSync.Simulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Simulator.Tests.Faults;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Path = "company/companies?pageSize=200";

    private SimulatorHost _host = null!;

    private FaultPlan Plan => _host.Server.Switches.Faults;

    public async Task InitializeAsync() => _host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task TooManyRequests_Storm_HasRetryAfterAndTheOddBodyThenEnds()
    {
        Plan.RetryAfterSeconds = 12;
        Plan.Next(FaultKind.TooManyRequests, 2);

        foreach (var _ in (int[])[1, 2])
        {
            using var response = await _host.Client.GetAsync(Path);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal((429, TimeSpan.FromSeconds(12)), ((int)response.StatusCode, response.Headers.RetryAfter!.Delta));
            Assert.Equal("ConnectWiseAPI", (string)body["error"]!);
            Assert.Equal("Too many requests. Please try again in 12 seconds.", (string)body["message"]!);
        }

        await _host.GetAsync(Path);
    }

    [Theory]
    [InlineData(FaultKind.Timeout, 500, "A timeout has occured. Please try again.")]
    [InlineData(FaultKind.PoolTimeout, 500, "Timeout expired.  The timeout period elapsed prior to obtaining a connection from the pool.")]
    [InlineData(FaultKind.OpaqueError, 500, "String was not recognized as a valid DateTime.")]
    [InlineData(FaultKind.HtmlBadGateway, 502, "<html>")]
    [InlineData(FaultKind.HtmlSuccess, 200, "<html>")]
    public async Task Fault_WithABodyOfItsOwn_ShowsIt(FaultKind kind, int status, string beginning)
    {
        Plan.Next(kind, 1);

        using var response = await _host.Client.GetAsync(Path);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(beginning, text[0] == '<' ? text : (string)JsonNode.Parse(text)!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TruncatedJson_Is200AndNoJson()
    {
        Plan.Next(FaultKind.TruncatedJson, 1);

        using var response = await _host.Client.GetAsync(Path);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(200, (int)response.StatusCode);
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
    }

    [Fact]
    public async Task ConnectionReset_BreaksWhileTheBodyIsRead()
    {
        Plan.Next(FaultKind.ConnectionReset, 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => _host.Client.GetStringAsync(Path));
        await _host.GetAsync(Path);
    }

    [Fact]
    public async Task Slow_WaitsOnTheSimulatorsOwnTime()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = await SimulatorHost.StartAsync(new SimulatorOptions { Time = time });
        host.Server.Switches.Faults.SlowBy = TimeSpan.FromHours(1);
        host.Server.Switches.Faults.Next(FaultKind.Slow, 1, "companies");

        var slow = host.GetAsync("company/companies/count");
        await host.GetAsync("company/contacts/count");
        Assert.False(slow.IsCompleted);
        while (!slow.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.Equal(400, (int)(await slow)["count"]!);
    }

    [Fact]
    public async Task Every_ThirdRequest_MeetsTheFault()
    {
        Plan.Every(FaultKind.OpaqueError, 3);

        var statuses = await StatusesAsync(_host, 6);

        Assert.Equal([200, 200, 500, 200, 200, 500], statuses);
    }

    [Fact]
    public async Task Next_ForAPath_LeavesOthersAlone()
    {
        Plan.Next(FaultKind.OpaqueError, 1, "contacts");

        var statuses = await StatusesAsync(_host, 2);

        Assert.Equal([200, 200], statuses);
        Assert.Equal(500, (await _host.RefusedAsync("company/contacts")).Status);
    }

    [Fact]
    public async Task Rates_OfTheSameSeed_FallOnTheSameRequests()
    {
        var options = new SimulatorOptions { FaultRates = new Dictionary<FaultKind, double> { [FaultKind.TooManyRequests] = 0.3, [FaultKind.Timeout] = 0.1 } };
        await using var one = await SimulatorHost.StartAsync(options);
        await using var two = await SimulatorHost.StartAsync(options);

        var statuses = await StatusesAsync(one, 60);

        Assert.Equal(statuses, await StatusesAsync(two, 60));
        Assert.Equal([200, 429, 500], statuses.Distinct().Order());
    }

    private static async Task<int[]> StatusesAsync(SimulatorHost host, int count)
    {
        var statuses = new int[count];
        for (var i = 0; i < count; i++)
        {
            using var response = await host.Client.GetAsync("company/companies/count");
            statuses[i] = (int)response.StatusCode;
        }

        return statuses;
    }
}
