using System.Text.Json;
using CrmSync.Functions.Hosting;
using CrmSync.Storage.Azure;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Functions.Tests.Hosting;

/// <summary>Where the app's data lies, by its settings.</summary>
public sealed class StorageSettingsTests
{
    [Fact]
    public void Read_NothingOfOwn_IsWhereTheHostKeepsItsOwn()
    {
        var options = Read(
            ("AzureWebJobsStorage:accountName", "hosts"), ("AzureWebJobsStorage:clientId", "id"), ("CrmSync:Storage:KeyVault", "https://v.test"));

        options.Validate();
        Assert.Equal(("hosts", "id", null, "crmsync"), (options.AccountName, options.ManagedIdentityClientId, options.ConnectionString, options.Prefix));
        Assert.Null(options.KeyDirectory);
    }

    [Fact]
    public void Read_HostsConnectionString_KeepsSecretsOnThisMachine()
    {
        var options = Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true"));

        options.Validate();
        Assert.Equal("UseDevelopmentStorage=true", options.ConnectionString);
        Assert.NotNull(options.KeyDirectory);
    }

    [Fact]
    public void Read_EveryOption_HasASettingOfItsName()
    {
        var options = Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("CrmSync:Storage:TableEndpoint", "https://t.test"),
            ("CrmSync:Storage:BlobEndpoint", "https://b.test"), ("CrmSync:Storage:ManagedIdentityClientId", "mine"),
            ("CrmSync:Storage:KeyVault", "https://v.test"),
            ("CrmSync:Storage:Prefix", "other"), ("CrmSync:Storage:SecretLifetime", "00:01:00"), ("CrmSync:Storage:MaxRetries", "3"),
            ("CrmSync:Storage:NetworkTimeout", "00:00:09"));

        options.Validate();
        var expected = new AzureStorageOptions
        {
            TableEndpoint = new Uri("https://t.test"),
            BlobEndpoint = new Uri("https://b.test"),
            ManagedIdentityClientId = "mine",
            KeyVault = new Uri("https://v.test"),
            Prefix = "other",
            SecretLifetime = TimeSpan.FromMinutes(1),
            MaxRetries = 3,
            NetworkTimeout = TimeSpan.FromSeconds(9),
        };
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(options));
    }

    [Fact]
    public void Read_EmptyKeyVault_IsNone()
    {
        Assert.Null(Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("CrmSync:Storage:KeyVault", "")).KeyVault);
    }

    [Theory]
    [InlineData("MaxRetries", "many")]
    [InlineData("SecretLifetime", "soon")]
    public void Read_ValueThatIsNone_NamesTheSetting(string name, string value)
    {
        var refused = Assert.Throws<AzureStorageException>(() => Read(($"CrmSync:Storage:{name}", value)));

        Assert.Equal("storage-options", refused.Code);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    private static AzureStorageOptions Read(params (string Name, string Value)[] settings) => StorageSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build());
}
