using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Links;
using CrmSync.Storage.Azure.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Storage.Azure.Tests.Links;

/// <summary>Look-ups of many records, which are answered from memory as long as nobody has written.</summary>
[NeedsAzurite]
public sealed class TargetIndexTests : IAsyncLifetime
{
    private readonly AzureSpace _space = new();
    private readonly RequestCounter _requests = new();
    private readonly FakeTimeProvider _time = new();
    private AzureLinkStore _store = null!;
    private AzureLinkStore _other = null!;

    public async Task InitializeAsync()
    {
        _store = (await _space.OpenAsync(_time, _requests)).Links;
        _other = (await _space.OpenAsync()).Links;
    }

    public Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Find_AgainAndNothingWritten_IsOneRequest()
    {
        await _other.WriteAsync(Make.Links(2_500));

        Assert.Equal((1_250, 4), await FindAsync(2, 2_500, step: 2)); // the stamps, and three pages of a thousand
        Assert.Equal((834, 1), await FindAsync(1, 4_000, step: 3));
        Assert.Equal((10, 1), await FindAsync(1, 10, step: 1)); // few are asked for by their rows
    }

    [Fact]
    public async Task Find_AfterAnotherHasWritten_FindsIt()
    {
        await _other.WriteAsync(Make.Links(300));
        Assert.Equal(300, (await FindAsync(1, 600, step: 1)).Found);

        await _other.WriteAsync(Make.Links(100, from: 301));
        Assert.Equal(400, (await FindAsync(1, 600, step: 1)).Found);

        await _other.WriteAsync(Make.Link(17, "moved"));
        var targets = await _store.FindTargetsAsync(Make.Acme, Entity.Company, Ids(1, 100, 1), default);
        Assert.Equal("moved", targets[new ConnectWiseId(17)].Crm?.Value);
    }

    [Fact]
    public async Task Find_WhileAnotherWrites_MissesNothingThatWasWritten()
    {
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await _other.WriteAsync(Make.Links(20, from: (i * 20) + 1));
                Volatile.Write(ref written, (i + 1) * 20);
            }
        });
        while (!writing.IsCompleted)
        {
            var before = Volatile.Read(ref written);
            Assert.True((await FindAsync(1, 600, step: 1)).Found >= before);
        }

        await writing;
        Assert.Equal(400, (await FindAsync(1, 600, step: 1)).Found);
    }

    [Fact]
    public async Task Find_WriterDiedBeforeHeStamped_FindsItWithinTheLifetime()
    {
        await _other.WriteAsync(Make.Links(100));
        Assert.Equal(100, (await FindAsync(1, 600, step: 1)).Found);
        var dying = (await _space.OpenAsync(null, new BeforeRequest(
            request => BeforeRequest.IsRowWrite(request) && request.Uri.Path.Contains("_index", StringComparison.Ordinal),
            () => throw new InvalidOperationException("Dead.")))).Links;
        await Assert.ThrowsAsync<InvalidOperationException>(() => dying.WriteAsync(Make.Links(10, from: 101)));

        _time.Advance(TargetIndex.Lifetime);

        Assert.Equal(110, (await FindAsync(1, 600, step: 1)).Found);
    }

    [Fact]
    public async Task Find_SectionsFarApart_AreKeptApart()
    {
        long[] ids = [1, 65_535, 65_536, 65_536 * 240L, long.MaxValue - 1];
        await _other.WriteAsync([.. ids.Select(id => Make.Link(id, $"c{id}") with { Type = id })]);

        var near = ids.SelectMany(id => Enumerable.Range(-1, 5).Select(i => id - i)).Where(id => id > 0).Distinct();
        for (var turn = 0; turn < 2; turn++)
        {
            var targets = await _store.FindTargetsAsync(Make.Acme, Entity.Company, [.. near.Select(id => new ConnectWiseId(id))], default);
            Assert.Equal(ids, targets.Keys.Select(id => id.Value).Order());
            Assert.All(targets, target => Assert.Equal(new LinkTarget(new CrmId($"c{target.Key}"), target.Key.Value), target.Value));
        }
    }

    private async Task<(int Found, int Requests)> FindAsync(int from, int upTo, int step)
    {
        _requests.Reset();
        var found = await _store.FindTargetsAsync(Make.Acme, Entity.Company, Ids(from, upTo, step), default);
        return (found.Count, _requests.Total);
    }

    private static ConnectWiseId[] Ids(int from, int upTo, int step) =>
        [.. Enumerable.Range(0, ((upTo - from) / step) + 1).Select(i => new ConnectWiseId(from + (i * step)))];
}
