using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Storage.Azure.Tests.Links;

/// <summary>Links that outgrow what a property, a row, a page or a partition holds.</summary>
[NeedsAzurite]
public sealed class LinkSizeTests : IAsyncLifetime
{
    private readonly AzureSpace _space = new();
    private readonly RequestCounter _requests = new();
    private AzureStores _stores = null!;

    public async Task InitializeAsync() => _stores = await _space.OpenAsync(null, _requests);

    public Task DisposeAsync() => _space.RemoveAsync();

    [Theory]
    [InlineData(20_000)] // within the row
    [InlineData(70_000)] // more than a property
    [InlineData(1_500_000)] // more than a row
    public async Task Write_LargeSnapshot_RoundTrips(int length) // F44
    {
        var text = string.Concat(Enumerable.Range(0, length / 10).Select(i => $"{i:D8}🚀"));

        await _stores.Links.WriteAsync(Make.Link(1, "c1", text), Make.Link(2, "c2"));

        Assert.Equal(text, (await _stores.Links.FindAsync(1))!.CrmSnapshot[FieldKeys.Name]);
        Assert.Equal(text, (await _stores.Links.ConsistentAsync())[0].ConnectWiseSnapshot[FieldKeys.Name]);
    }

    [Fact]
    public async Task Write_LargeOverLargeOverSmall_ReadsTheLast()
    {
        foreach (var text in (string[])["a", new string('b', 100_000), new string('c', 200_000), "d"])
        {
            Assert.Empty(await _stores.Links.WriteAsync(Make.Link(1, "c1", text)));
            Assert.Equal(text, (await _stores.Links.FindAsync(1))!.CrmSnapshot[FieldKeys.Name]);
        }
    }

    [Fact]
    public async Task Read_WhileLargeOnesAreReplaced_FindsOneOrTheOther()
    {
        var texts = Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 70_000)).ToList();
        await _stores.Links.WriteAsync(Make.Link(1, "c1", texts[0]));

        var writing = Task.Run(async () =>
        {
            foreach (var turn in Enumerable.Range(0, 20))
            {
                await _stores.Links.WriteAsync(Make.Link(1, "c1", texts[turn % texts.Count]));
            }
        });
        while (!writing.IsCompleted)
        {
            Assert.Contains(Assert.Single(await _stores.Links.ConsistentAsync()).CrmSnapshot[FieldKeys.Name], texts);
        }

        await writing;
    }

    [Theory]
    [InlineData(70_000)] // to another blob
    [InlineData(10)] // into the row
    public async Task Read_WhoseContentIsReplacedInBetween_FindsWhatReplacedIt(int length)
    {
        await _stores.Links.WriteAsync(Make.Link(1, "c1", new string('a', 70_000)));
        var text = new string('b', length);

        Assert.Equal(text, (await (await ReaderAsync()).FindAsync(1))!.CrmSnapshot[FieldKeys.Name]);

        await _stores.Links.WriteAsync(Make.Link(1, "c1", new string('a', 70_000)));
        Assert.Equal(text, Assert.Single(await (await ReaderAsync()).ConsistentAsync()).CrmSnapshot[FieldKeys.Name]);

        async Task<ILinkStore> ReaderAsync() => (await _space.OpenAsync(
            null, new BeforeRequest(BeforeRequest.IsBlobRead, () => _stores.Links.WriteAsync(Make.Link(1, "c1", text))))).Links;
    }

    [Fact]
    public async Task Read_WhoseContentIsGone_SaysSoWithTheRemedy()
    {
        await _stores.Links.WriteAsync(Make.Link(1, "c1", new string('a', 70_000)));
        var contents = await _space.ContentsAsync();
        await foreach (var blob in contents.GetBlobsAsync())
        {
            await contents.DeleteBlobAsync(blob.Name);
        }

        Assert.Equal("storage-content-lost", (await Assert.ThrowsAsync<AzureStorageException>(() => _stores.Links.FindAsync(1))).Code);
        Assert.Equal("storage-content-lost", (await Assert.ThrowsAsync<AzureStorageException>(_stores.Links.ConsistentAsync)).Code);
    }

    [Fact]
    public async Task Write_RowsThatFillTransactions_AreSplit() // a transaction has room for 4 MiB
    {
        var links = Make.Links(260).Select(link => Make.Link(link.ConnectWise.Value, link.Crm.Value, new string('x', 20_000))).ToArray();

        Assert.Empty(await _stores.Links.WriteAsync(links));

        Assert.Equal(260, (await _stores.Links.ConsistentAsync()).Count);
    }

    [Fact]
    public async Task Read_MoreThanAPage_FollowsTheContinuation()
    {
        await _stores.Links.WriteAsync(Make.Links(2_600, from: 9_000));
        _requests.Reset();

        var links = await _stores.Links.ReadRangeAsync(Make.Acme, Entity.Company, new IdRange(0, null), default);

        Assert.Equal(Enumerable.Range(9_000, 2_600).Select(i => (long)i), links.Select(link => link.ConnectWise.Value));
        Assert.Equal(3, _requests.Total);
        Assert.Equal(2_600, await _stores.Links.CountAsync(Make.Acme, Entity.Company, default));
    }

    [Theory]
    [InlineData("https://crm.example/contacts/1?x=#%")]
    [InlineData("a\\b\tc'd\"e")]
    [InlineData("шесть 🚀")]
    [InlineData("_=_")]
    public async Task Write_AnyCrmId_IsFoundByIt(string crm)
    {
        Assert.Empty(await _stores.Links.WriteAsync(Make.Link(1, crm), Make.Link(2, crm + new string('x', 2_000)), Make.Link(3, "x" + crm)));

        Assert.Equal(new ConnectWiseId(1), await _stores.Links.OwnerAsync(crm));
        Assert.Equal(3, (await _stores.Links.ConsistentAsync()).Count);
    }
}
