using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every set-up store holds.</summary>
public abstract class SetupStoreContract : StoreContract<ISetupStore>
{
    private static readonly TenantSetup Setup = new()
    {
        Connection = new ConnectionSettings { Site = "na.example", Company = "acme", PublicKey = "p", ClientId = "id" },
        Users = new UsersSettings { Types = [new TypeMapping(1, "Marketer"), new TypeMapping(null, null)] },
        Activities = new ActivitiesSettings { Types = [new ActivityMapping(3, ActivityKind.Call)] },
        Imported = [Entity.Company],
    };

    [Fact]
    public async Task Read_NothingSaved_IsEmptyOfVersionZero()
    {
        Assert.Equal(CoreJson.Serialize(new TenantSetup()), CoreJson.Serialize(await Store.ReadAsync(Acme, default)));
    }

    [Fact]
    public async Task TryWrite_First_IsReadBackOneVersionHigher()
    {
        Assert.True(await Store.TryWriteAsync(Acme, Setup, default));

        Assert.Equal(CoreJson.Serialize(Setup with { Version = 1 }), CoreJson.Serialize(await Store.ReadAsync(Acme, default)));
    }

    [Fact]
    public async Task TryWrite_StaleVersion_ChangesNothing()
    {
        await Store.TryWriteAsync(Acme, Setup, default);
        await Store.TryWriteAsync(Acme, Setup with { Version = 1, Imported = [Entity.Contact] }, default);

        Assert.False(await Store.TryWriteAsync(Acme, Setup with { Version = 1 }, default));
        Assert.False(await Store.TryWriteAsync(Acme, Setup, default));
        Assert.False(await Store.TryWriteAsync(Acme, Setup with { Version = 3 }, default));

        var stored = await Store.ReadAsync(Acme, default);
        Assert.Equal(2, stored.Version);
        Assert.Equal([Entity.Contact], stored.Imported);
    }

    [Fact]
    public async Task TryWrite_VersionThatNeverWas_IsRefused()
    {
        Assert.False(await Store.TryWriteAsync(Acme, Setup with { Version = 4 }, default));
        Assert.Equal(0, (await Store.ReadAsync(Acme, default)).Version);
    }

    [Fact]
    public async Task TryWrite_ManyFromOneVersion_OneSucceeds()
    {
        foreach (var version in Enumerable.Range(0, 3))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
                Task.Run(() => Store.TryWriteAsync(Acme, Setup with { Version = version }, default))));
            Assert.Single(answers, written => written);
        }

        Assert.Equal(3, (await Store.ReadAsync(Acme, default)).Version);
    }

    [Fact]
    public async Task Tenants_EachWrites_SeeNothingOfEachOther() // AX-1
    {
        await Store.TryWriteAsync(Acme, Setup, default);

        Assert.Equal(0, (await Store.ReadAsync(Globex, default)).Version);
        Assert.True(await Store.TryWriteAsync(Globex, new TenantSetup(), default));
        Assert.NotNull((await Store.ReadAsync(Acme, default)).Connection);
    }
}
