using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Secrets;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Storage.Azure.Tests.Secrets;

public sealed class KeyVaultSecretStoreTests : SecretStoreContract, IDisposable
{
    private readonly FakeVault _vault = new();
    private readonly FakeTimeProvider _time = new(Noon);

    public override Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _vault.Dispose();

    [Fact]
    public async Task Read_WithinItsLifetime_AsksTheVaultOnce()
    {
        await Store.WriteAsync(Acme, Name, "secret", default);
        var other = await OpenAsync();

        Assert.Equal("secret", await other.ReadAsync(Acme, Name, default));
        Assert.Equal("secret", await other.ReadAsync(Acme, Name, default));

        Assert.Equal(1, _vault.Reads);
    }

    [Fact]
    public async Task Read_AfterRotation_IsTheNewOneWithoutARestart()
    {
        await Store.WriteAsync(Acme, Name, "old", default);
        _vault.Secrets[Assert.Single(_vault.Secrets.Keys)] = "new";

        Assert.Equal("old", await Store.ReadAsync(Acme, Name, default));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("new", await Store.ReadAsync(Acme, Name, default));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(409)]
    public async Task Read_VaultRefuses_SaysWhatToDo(int status)
    {
        _vault.Refuses = status;

        var failure = await Assert.ThrowsAsync<AzureStorageException>(() => Store.ReadAsync(Acme, Name, default));

        Assert.Equal("vault-refused", failure.Code);
    }

    [Fact]
    public void InVault_TenantsThatDifferByHyphens_Differs() // AX-1
    {
        string[] names =
        [
            .. from tenant in new[] { "a", "a-", "a--", "a-0", "a-b", "a-0b" } from name in new[] { "b", "0", "a-b" }
               select SecretNames.InVault("crmsync", new TenantId(tenant), name),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z0-9-]+$", name));
    }

    protected override Task<ISecretStore> OpenAsync() =>
        Task.FromResult<ISecretStore>(new KeyVaultSecretStore(_vault.Client(), "crmsync", TimeSpan.FromMinutes(5), _time));

    // The vault is the place for secrets in the clear; what may stand in a log beside it is not.
    protected override Task<bool> FoundAtRestAsync(string text) => Task.FromResult(_vault.Seen.ToString().Contains(text, StringComparison.Ordinal));
}
