using CrmSync.Core.Ports;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every secret store holds (SU-11).</summary>
public abstract class SecretStoreContract : StoreContract<ISecretStore>
{
    protected const string Name = "connectwise-private-key";

    [Fact]
    public async Task Read_Written_IsTheSame()
    {
        await Store.WriteAsync(Acme, Name, "s3cr\"et 🚀", default);

        Assert.Equal("s3cr\"et 🚀", await Store.ReadAsync(Acme, Name, default));
    }

    [Fact]
    public async Task Read_AfterReopening_IsTheSame()
    {
        await Store.WriteAsync(Acme, Name, "secret", default);

        Assert.Equal("secret", await (await OpenAsync()).ReadAsync(Acme, Name, default));
    }

    [Fact]
    public async Task Read_None_IsNull()
    {
        Assert.Null(await Store.ReadAsync(Acme, Name, default));
    }

    [Fact]
    public async Task Write_SameName_Replaces()
    {
        await Store.WriteAsync(Acme, Name, "old", default);
        await Store.WriteAsync(Acme, Name, "new", default);
        await Store.WriteAsync(Acme, "crm-token", "other", default);

        Assert.Equal("new", await Store.ReadAsync(Acme, Name, default));
    }

    [Fact]
    public async Task Tenants_SameName_SeeNothingOfEachOther() // AX-1
    {
        await Store.WriteAsync(Acme, Name, "mine", default);

        Assert.Null(await Store.ReadAsync(Globex, Name, default));
    }

    [Fact]
    public async Task Write_AtRest_IsNeverInTheClear() // SU-11
    {
        const string Secret = "Tr0ub4dor-and-3-very-unlikely-words";

        await Store.WriteAsync(Acme, Name, Secret, default);

        Assert.False(await FoundAtRestAsync(Secret));
        Assert.True(await FoundAtRestAsync(Name), "The search finds what is stored in the clear.");
    }

    /// <summary>Whether a text is anywhere in what the store keeps, byte by byte.</summary>
    protected abstract Task<bool> FoundAtRestAsync(string text);
}
