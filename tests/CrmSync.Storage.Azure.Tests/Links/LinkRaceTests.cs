using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Storage.Azure.Tests.Links;

/// <summary>CO-5 with writers who die, who come in between, and who fight.</summary>
[NeedsAzurite]
public sealed class LinkRaceTests : IAsyncLifetime
{
    private readonly AzureSpace _space = new() { Grace = TimeSpan.FromMilliseconds(100) };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Claim_WhoseWriterDied_IsTakenOverByAnother() // CO-5
    {
        await DieBeforeTheLinkAsync(Make.Link(1, "x"));
        var store = (await _space.OpenAsync()).Links;
        Assert.Null(await store.OwnerAsync("x"));

        Assert.Empty(await store.WriteAsync(Make.Link(2, "x")));

        Assert.Equal([2L], (await store.ConsistentAsync()).Select(link => link.ConnectWise.Value));
        Assert.Equal([new ConnectWiseId(1)], await store.WriteAsync(Make.Link(1, "x")));
        Assert.Empty(await store.WriteAsync(Make.Link(1, "y")));
        Assert.Equal(2, (await store.ConsistentAsync()).Count);
    }

    [Fact]
    public async Task Claims_WhoseWriterDied_AreCompletedByHisNextTry()
    {
        await DieBeforeTheLinkAsync(Make.Links(150));
        var store = (await _space.OpenAsync()).Links;

        Assert.Empty(await store.WriteAsync(Make.Links(250)));

        Assert.Equal(250, (await store.ConsistentAsync()).Count);
    }

    [Fact]
    public async Task Claim_TakenOverFromOneWhoLives_LeavesOneLink() // CO-5
    {
        // The first has claimed, and stands still until the second has taken him for dead.
        var other = (await _space.OpenAsync()).Links;
        var transactions = 0;
        var slow = (await _space.OpenAsync(null, new BeforeRequest(
            request => BeforeRequest.IsTransaction(request) && Interlocked.Increment(ref transactions) == 2,
            async () => Assert.Empty(await other.WriteAsync(Make.Link(2, "x")))))).Links;

        Assert.Equal([new ConnectWiseId(1)], await slow.WriteAsync(Make.Link(1, "x")));

        Assert.Equal([2L], (await other.ConsistentAsync()).Select(link => link.ConnectWise.Value));
    }

    [Fact]
    public async Task Write_RowChangedSinceItWasRead_IsReadAgain() // 412
    {
        var other = (await _space.OpenAsync()).Links;
        await other.WriteAsync(Make.Links(3));
        var store = (await _space.OpenAsync(null, new BeforeRequest(
            BeforeRequest.IsTransaction, () => other.WriteAsync(Make.Link(2, "c2", "Between"))))).Links;

        Assert.Empty(await store.WriteAsync([.. Make.Links(3).Select(link => link with { Type = 7 })]));

        Assert.All(await other.ConsistentAsync(), link => Assert.Equal(7, link.Type));
    }

    [Fact]
    public async Task Move_BesideAnother_KeepsOneToOne() // CO-5
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await _space.OpenAsync()).Links));
        await stores[0].WriteAsync(Make.Links(6));

        // Four writers push six links round among eight records.
        await Task.WhenAll(stores.Select((store, writer) => Task.Run(async () =>
        {
            for (var turn = 0; turn < 15; turn++)
            {
                var seed = (writer * 31) + (turn * 17);
                await store.WriteAsync(Make.Link(1 + (seed % 6), $"c{1 + (seed * 7 % 8)}"), Make.Link(1 + ((seed + 2) % 6), $"c{1 + (seed * 5 % 8)}"));
            }
        })));

        Assert.Equal(6, (await stores[0].ConsistentAsync()).Count);
    }

    [Fact]
    public async Task Write_SameLinksByTwoHosts_BothSucceed() // F41
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await _space.OpenAsync()).Links));

        var refused = await Task.WhenAll(stores.Select(store => Task.Run(() => store.WriteAsync(Make.Links(300)))));

        Assert.All(refused, Assert.Empty);
        Assert.Equal(300, (await stores[0].ConsistentAsync()).Count);
    }

    [Fact]
    public async Task Write_AnswersLost_IsAsIfTheyHadCome() // F2, F43
    {
        var lost = LostAnswers.FirstOfEachWrite();
        var store = (await _space.OpenAsync(null, lost)).Links;

        Assert.Empty(await store.WriteAsync(Make.Links(250)));
        Assert.Empty(await store.WriteAsync(Make.Link(1, "moved")));
        Assert.Equal([new ConnectWiseId(900)], await store.WriteAsync(Make.Link(900, "c7")));

        Assert.InRange(lost.Lost, 3, 100);
        Assert.Equal(250, (await store.ConsistentAsync()).Count);
        Assert.Equal("moved", (await store.FindAsync(1))?.Crm.Value);
    }

    [Fact]
    public async Task Write_EveryAnswerOfAWhileLost_FailsAndIsCompletedByTheNextTry() // F43
    {
        var options = await _space.OptionsAsync(new LostAnswers(BeforeRequest.IsTransaction)) with { MaxRetries = 1 };
        var failing = (await AzureStores.OpenAsync(options, TimeProvider.System)).Links;
        await Assert.ThrowsAnyAsync<Exception>(() => failing.WriteAsync(Make.Links(120)));

        var store = (await _space.OpenAsync()).Links;
        Assert.Empty(await store.WriteAsync(Make.Links(120)));

        Assert.Equal(120, (await store.ConsistentAsync()).Count);
    }

    // The claims are the first transaction, the links the second.
    private async Task DieBeforeTheLinkAsync(params Link[] links)
    {
        var dying = (await _space.OpenAsync(null, new BeforeRequest(
            request => BeforeRequest.IsTransaction(request) && HasLink(request), () => throw new DeadException()))).Links;
        await Assert.ThrowsAsync<DeadException>(() => dying.WriteAsync(links));
    }

    private static bool HasLink(global::Azure.Core.Request request)
    {
        using var body = new MemoryStream();
        request.Content!.WriteTo(body, default);
        return System.Text.Encoding.UTF8.GetString(body.ToArray()).Contains("\"Content\"", StringComparison.Ordinal);
    }

    private sealed class DeadException : Exception;
}
