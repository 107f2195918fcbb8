using System.Globalization;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Contracts.Crm;

/// <summary>A random interleaving of writes and of reads of the feed by several followers. All its chance comes from the seed.</summary>
/// <param name="crm">The CRM.</param>
/// <param name="delete">Deletes a company.</param>
/// <param name="seed">What it plays.</param>
public sealed class FeedGame(ICrm crm, Func<CrmId, Task> delete, int seed)
{
    private const int Steps = 60;
    private const int MostPages = 2_000;

    private readonly Random _random = new(seed);
    private readonly List<CrmId> _ids = [];
    private readonly List<FeedFollower> _followers = [];
    private int _written;

    /// <summary>Plays it. A change that a follower has missed; null for none.</summary>
    public async Task<string?> PlayAsync()
    {
        _followers.Add(await FeedFollower.StartAsync(crm, Entity.Company));
        for (var step = 0; step < Steps; step++)
        {
            if (await StepAsync(_random.Next(10)) is { } missed)
            {
                return Told(step, missed);
            }
        }

        foreach (var follower in _followers)
        {
            var end = await follower.CatchUpAsync(1 + _random.Next(5), MostPages);
            if (!end || await follower.DifferenceAsync() is not null)
            {
                return Told(Steps, end ? (await follower.DifferenceAsync())! : "the feed has no end");
            }
        }

        return null;
    }

    private async Task<string?> StepAsync(int what)
    {
        switch (what)
        {
            case < 3 or < 5 when _ids.Count == 0:
                await CreateAsync(1 + _random.Next(5));
                return null;
            case < 5:
                await ChangeAsync(1 + _random.Next(4));
                return null;
            case 5 when _ids.Count > 0:
                var id = _ids[_random.Next(_ids.Count)];
                _ids.Remove(id);
                await delete(id);
                return null;
            case 6 when _followers.Count < 4:
                _followers.Add(await FeedFollower.StartAsync(crm, Entity.Company));
                return null;
            default:
                // Nobody writes in between: at its end the follower has everything.
                var follower = _followers[_random.Next(_followers.Count)];
                return await follower.ReadAsync(1 + _random.Next(5)) ? await follower.DifferenceAsync() : null;
        }
    }

    private async Task CreateAsync(int count) => _ids.AddRange((await WriteAsync(count, () => null)).Select(result => result.Id!.Value));

    // The same record may stand in a batch twice.
    private async Task ChangeAsync(int count) => await WriteAsync(count, () => _ids[_random.Next(_ids.Count)]);

    private Task<IReadOnlyList<CrmWriteResult>> WriteAsync(int count, Func<CrmId?> id) => crm.WriteAsync(
        Entity.Company, [.. Enumerable.Range(0, count).Select(_ => new CrmWrite { Id = id(), Fields = Drawn() })], CancellationToken.None);

    private FieldValues Drawn() => new() { [FieldKeys.Name] = string.Create(CultureInfo.InvariantCulture, $"Company {++_written}") };

    private string Told(int step, string missed) => string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, step {step}: {missed}");
}
