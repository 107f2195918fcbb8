namespace CrmSync.Storage.Azure.Tests.Accounts;

public sealed class AzureStorageOptionsTests
{
    private static readonly AzureStorageOptions Cloud = new() { AccountName = "acmedata", KeyVault = new Uri("https://acme.vault.azure.net") };
    private static readonly AzureStorageOptions Local = new() { ConnectionString = "UseDevelopmentStorage=true", KeyDirectory = "keys" };

    /// <summary>Options that cannot be used, and the word of the message that says why.</summary>
    public static TheoryData<string, AzureStorageOptions> Wrong => new()
    {
        { "No storage account", new AzureStorageOptions { KeyDirectory = "keys" } },
        { "ConnectionString stands beside", Local with { AccountName = "acmedata" } },
        { "Only one of TableEndpoint", new AzureStorageOptions { TableEndpoint = new Uri("https://acme.table.core.windows.net"), KeyDirectory = "keys" } },
        { "AccountName", Cloud with { AccountName = "https://acme" } },
        { "Prefix", Cloud with { Prefix = "Crm-Sync" } },
        { "Prefix", Cloud with { Prefix = "1ab" } },
        { "No place for secrets", Cloud with { KeyVault = null } },
        { "KeyVault stands beside", Cloud with { KeyDirectory = "keys" } },
        { "KeyVault is no vault", Cloud with { KeyVault = new Uri("http://acme.vault.azure.net") } },
        { "SecretLifetime", Cloud with { SecretLifetime = TimeSpan.FromDays(2) } },
        { "MaxRetries", Cloud with { MaxRetries = -1 } },
        { "NetworkTimeout", Cloud with { NetworkTimeout = TimeSpan.Zero } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_Wrong_NamesTheOptionAndTheRemedy(string begin, AzureStorageOptions options)
    {
        var failure = Assert.Throws<AzureStorageException>(options.Validate);

        Assert.Equal("storage-options", failure.Code);
        Assert.StartsWith(begin, failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Remedy);
    }

    [Fact]
    public void Validate_CloudOrLocal_Passes()
    {
        Cloud.Validate();
        Local.Validate();
        (Cloud with
        {
            AccountName = null,
            TableEndpoint = new Uri("https://acme.table.core.chinacloudapi.cn"),
            BlobEndpoint = new Uri("https://acme.blob.core.chinacloudapi.cn"),
        }).Validate();
    }

    [Fact]
    public async Task ConnectionString_Wrong_IsNotRepeated() // SU-11
    {
        const string Secret = "AccountKey=bm90LWEtcmVhbC1rZXk=";
        var options = Local with { ConnectionString = $"AccountName=x;{Secret};;Nonsense" };

        var failure = await Assert.ThrowsAsync<AzureStorageException>(() => AzureStores.OpenAsync(options, TimeProvider.System));

        Assert.DoesNotContain("bm90LWEtcmVhbC1rZXk=", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("bm90LWEtcmVhbC1rZXk=", options.ToString(), StringComparison.Ordinal);
    }
}
