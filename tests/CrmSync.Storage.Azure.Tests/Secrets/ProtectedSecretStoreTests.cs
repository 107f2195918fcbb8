using System.Text;
using Azure.Data.Tables;
using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Storage.Azure.Tests.Secrets;

[NeedsAzurite]
public sealed class ProtectedSecretStoreTests : SecretStoreContract
{
    private readonly AzureSpace _space = new();

    public override Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Read_KeysLost_SaysWhatToDo()
    {
        await Store.WriteAsync(Acme, Name, "secret", default);
        Directory.Delete(_space.KeyDirectory, recursive: true);

        var failure = await Assert.ThrowsAsync<AzureStorageException>(async () => await (await OpenAsync()).ReadAsync(Acme, Name, default));

        Assert.Equal("secret-unreadable", failure.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-key")]
    [InlineData("Key")]
    [InlineData("a--b")]
    [InlineData("a b")]
    public async Task Write_NameThatIsNone_IsRefused(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.WriteAsync(Acme, name, "x", default));
    }

    [Fact]
    public async Task KeyDirectory_OnUnix_IsItsOwnersAlone() // SU-11
    {
        await Store.WriteAsync(Acme, Name, "secret", default);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_space.KeyDirectory));
        }
    }

    protected override async Task<ISecretStore> OpenAsync() => (await _space.OpenAsync()).Secrets;

    protected override async Task<bool> FoundAtRestAsync(string text)
    {
        var table = new TableServiceClient((await Azurite.SharedAsync()).ConnectionString).GetTableClient(_space.Prefix + "secrets");
        var (utf8, found) = (Encoding.UTF8.GetBytes(text), false);
        await foreach (var row in table.QueryAsync<TableEntity>())
        {
            found |= row.Any(property => property.Value is byte[] bytes
                ? bytes.AsSpan().IndexOf(utf8) >= 0
                : $"{property.Value}".Contains(text, StringComparison.Ordinal));
        }

        return found;
    }
}
