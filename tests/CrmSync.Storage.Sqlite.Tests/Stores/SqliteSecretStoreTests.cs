using System.Text;
using CrmSync.Contracts.Stores;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite.Tests.Stores;

public sealed class SqliteSecretStoreTests : SecretStoreContract
{
    private readonly SqliteFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public override Task DisposeAsync() => _folder.RemoveAsync();

    [Fact]
    public async Task Read_InTheEnvironment_ComesBeforeTheStored()
    {
        await Store.WriteAsync(Acme, Name, "stored", default);
        _environment["CRMSYNC_SECRET_ACME_CONNECTWISE_PRIVATE_KEY"] = "given";

        Assert.Equal("given", await Store.ReadAsync(Acme, Name, default));
    }

    [Fact]
    public void VariableOf_TenantsThatDifferByHyphens_Differs() // AX-1
    {
        Assert.Equal("CRMSYNC_SECRET_A__B_KEY", SqliteSecretStore.VariableOf(new TenantId("a-b"), "key"));
        Assert.Equal("CRMSYNC_SECRET_A_B_KEY", SqliteSecretStore.VariableOf(new TenantId("a"), "b-key"));
    }

    [Fact]
    public async Task KeyDirectory_OnUnix_IsItsOwnersAlone() // SU-11
    {
        await Store.WriteAsync(Acme, Name, "secret", default);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.KeyDirectory));
        var files = Directory.GetFiles(_folder.KeyDirectory);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Read_KeysLost_SaysWhatToDo()
    {
        await Store.WriteAsync(Acme, Name, "secret", default);
        Directory.Delete(_folder.KeyDirectory, recursive: true);

        var failure = await Assert.ThrowsAsync<StorageException>(async () => await (await OpenAsync()).ReadAsync(Acme, Name, default));

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

    protected override async Task<ISecretStore> OpenAsync() =>
        new SqliteSecretStore((await _folder.OpenAsync()).Database, _folder.KeyDirectory, _environment.GetValueOrDefault);

    protected override async Task<bool> FoundAtRestAsync(string text)
    {
        await _folder.CloseAsync();
        var (utf8, utf16) = (Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text));
        return Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes)
            .Any(bytes => bytes.AsSpan().IndexOf(utf8) >= 0 || bytes.AsSpan().IndexOf(utf16) >= 0);
    }
}
