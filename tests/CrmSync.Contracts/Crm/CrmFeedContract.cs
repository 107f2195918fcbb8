using System.Globalization;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>The change feed under many writers and readers: nothing is ever missed. CRMSYNC_SEED=seed plays that game alone.</summary>
public abstract class CrmFeedContract : CrmContract
{
    private const int FirstSeed = 20261122;
    private const int Games = 12;
    private const int Writers = 3;
    private const int BatchesEach = 12;

    [Fact]
    public async Task Feed_ReadWhileOthersWrite_MissesNothing()
    {
        var (first, games) = int.TryParse(Environment.GetEnvironmentVariable("CRMSYNC_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? (given, 1) : (FirstSeed, Games);
        for (var seed = first; seed < first + games; seed++)
        {
            Assert.Null(await new FeedGame(Crm, id => Harness.DeleteAsync(Tenant, Entity.Company, id), seed).PlayAsync());
        }
    }

    [Fact]
    public async Task Feed_OfWritersAtOnce_MissesNothing()
    {
        var follower = await FeedFollower.StartAsync(Crm, Entity.Company);

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));
        while (!writing.IsCompleted)
        {
            await follower.ReadAsync(2);
        }

        await writing;
        Assert.True(await follower.CatchUpAsync(limit: 3, pages: 1_000));
        Assert.Null(await follower.DifferenceAsync());
    }

    private async Task WriteAsync(int writer)
    {
        var random = new Random(FirstSeed + writer);
        var own = new List<CrmId>();
        for (var batch = 0; batch < BatchesEach; batch++)
        {
            var writes = Enumerable.Range(0, 3).Select(i => new CrmWrite
            {
                Id = own.Count > 0 && random.Next(2) == 0 ? own[random.Next(own.Count)] : null,
                Fields = Least(Entity.Company, $"Company {writer}.{batch}.{i}"),
            }).ToList();
            var results = await Crm.WriteAsync(Entity.Company, writes, None);
            own.AddRange(results.Where(result => result.Created).Select(result => result.Id!.Value));
        }
    }
}
