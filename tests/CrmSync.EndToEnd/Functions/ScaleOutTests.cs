using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Support;
using Xunit.Abstractions;

namespace CrmSync.EndToEnd.Functions;

/// <summary>Two instances of the Functions host work for one tenant, as when the platform has scaled out.</summary>
[Collection(FunctionsTests.Name)]
public sealed class ScaleOutTests(FunctionsApp app, ITestOutputHelper output)
{
    private const string Step = "Executed 'Functions.step' (Succeeded";

    // A count at a stage's end comes on top of the readings, where an instance that reads nothing asks for it.
    private const int Counts = 1;

    private static readonly int Limit = new ConnectionSettings { Site = "", Company = "", PublicKey = "", ClientId = "" }.Concurrency;

    [FunctionsFact]
    public async Task Import_ByTwoInstancesOfWhichOneIsDrained_KeepsOneLimitAndComesToTheSame_L6_IM5()
    {
        var clock = new InFlightClock();
        var account = Accounts.Large(73) with { Time = clock, Latency = TimeSpan.FromMilliseconds(300) };
        await using var pair = await HostPair.OpenAsync(account, seedShare: 0.2);
        await using var second = await app.ScaleOutAsync();
        var tenant = await app.NewTenantAsync();
        await pair.SetUpAsync(tenant);
        clock.Reset();

        var started = await tenant.StartImportAsync(null, dryRun: false, CancellationToken.None);
        var working = await World.WritingAsync(tenant, started.Id, 4_000);
        var steps = second.Log.Split(Step).Length - 1;
        await second.DrainAsync();
        var ended = await World.FollowAsync(tenant, started.Id);

        output.WriteLine(
            $"At most {clock.Most} requests at once, allowed {Limit}; the second instance did {steps} steps until {working} records were written.");
        Assert.True(steps > 0, "The second instance took part.");
        Assert.InRange(clock.Most, 2, Limit + Counts);
        await pair.AssertSameAsync(tenant, app.Api, ended);
        await app.KillAsync();
        await app.StartAsync();
    }
}
