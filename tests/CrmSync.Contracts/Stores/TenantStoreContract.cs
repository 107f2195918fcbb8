using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every tenant store holds.</summary>
public abstract class TenantStoreContract : StoreContract<ITenantStore>
{
    [Fact]
    public async Task TryAdd_New_IsFound()
    {
        var tenant = new Tenant(Acme, "Acme 🚀 GmbH", Noon);

        Assert.True(await Store.TryAddAsync(tenant, default));

        Assert.Equal(tenant, await Store.FindAsync(Acme, default));
        Assert.Null(await Store.FindAsync(Globex, default));
    }

    [Fact]
    public async Task TryAdd_TakenId_KeepsTheFirst()
    {
        await Store.TryAddAsync(new Tenant(Acme, "First", Noon), default);

        Assert.False(await Store.TryAddAsync(new Tenant(Acme, "Second", Noon), default));

        Assert.Equal("First", (await Store.FindAsync(Acme, default))?.Name);
    }

    [Fact]
    public async Task TryAdd_ManyAtOnce_OneSucceeds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Store.TryAddAsync(new Tenant(Acme, $"{i}", Noon), default))));

        Assert.Single(answers, added => added);
    }

    [Fact]
    public async Task List_Several_InOrderOfIds()
    {
        foreach (var id in new[] { "b", "a-2", "a" })
        {
            await Store.TryAddAsync(new Tenant(new TenantId(id), id, Noon), default);
        }

        Assert.Equal(["a", "a-2", "b"], (await Store.ListAsync(default)).Select(tenant => tenant.Id.Value));
    }

    [Fact]
    public async Task FindKey_ByHash_IsExact()
    {
        var key = Key("k1", "ab12", Acme);
        await Store.AddKeyAsync(key, default);

        Assert.Equal(key, await Store.FindKeyAsync("ab12", default));
        Assert.Null(await Store.FindKeyAsync("AB12", default));
        Assert.Null(await Store.FindKeyAsync("ab1", default));
    }

    [Fact]
    public async Task ListKeys_OfATenantOrOperators_OldestFirst() // AX-1
    {
        await Store.AddKeyAsync(Key("k2", "h2", Acme) with { CreatedAt = Noon.AddDays(1) }, default);
        await Store.AddKeyAsync(Key("k1", "h1", Acme), default);
        await Store.AddKeyAsync(Key("k3", "h3", Globex), default);
        await Store.AddKeyAsync(Key("k4", "h4", null), default);

        Assert.Equal(["k1", "k2"], (await Store.ListKeysAsync(Acme, default)).Select(key => key.Id));
        Assert.Equal(["k4"], (await Store.ListKeysAsync(null, default)).Select(key => key.Id));
    }

    [Fact]
    public async Task RemoveKey_OfAnotherTenant_RemovesNothing() // AX-1
    {
        await Store.AddKeyAsync(Key("k1", "h1", Acme), default);

        Assert.False(await Store.RemoveKeyAsync(Globex, "k1", default));
        Assert.False(await Store.RemoveKeyAsync(null, "k1", default));
        Assert.NotNull(await Store.FindKeyAsync("h1", default));

        Assert.True(await Store.RemoveKeyAsync(Acme, "k1", default));
        Assert.False(await Store.RemoveKeyAsync(Acme, "k1", default));
        Assert.Null(await Store.FindKeyAsync("h1", default));
    }

    private static AccessKey Key(string id, string hash, TenantId? tenant) => new(id, hash, tenant, "for the tests", Noon);
}
