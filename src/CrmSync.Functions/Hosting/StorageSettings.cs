using CrmSync.Storage.Azure;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Functions.Hosting;

/// <summary>
/// Where the data lies, by the app's settings below "CrmSync:Storage"; what they leave out is where the Functions host keeps its own
/// ("AzureWebJobsStorage"), so that one storage account is enough.
/// </summary>
internal static class StorageSettings
{
    private const string Section = "CrmSync:Storage";
    private const string HostStorage = "AzureWebJobsStorage";

    /// <summary>The options by the settings of their names. Without a Key Vault, secrets are encrypted with keys of this machine: for Azurite.</summary>
    /// <exception cref="AzureStorageException">A setting has a value that is none ("storage-options").</exception>
    public static AzureStorageOptions Read(IConfiguration configuration)
    {
        var options = Bind(configuration.GetSection(Section));
        if (options is { AccountName: null, ConnectionString: null, TableEndpoint: null, BlobEndpoint: null })
        {
            var account = configuration[$"{HostStorage}:accountName"];
            options = options with { AccountName = account, ConnectionString = account is null ? configuration[HostStorage] : null };
        }

        return options with
        {
            ManagedIdentityClientId = options.ManagedIdentityClientId ?? configuration[$"{HostStorage}:clientId"],
            KeyDirectory = options.KeyVault is not null ? null : options.KeyDirectory ?? (options.ConnectionString is null ? null : LocalKeys()),
        };
    }

    private static AzureStorageOptions Bind(IConfiguration settings)
    {
        try
        {
            return settings.Get<AzureStorageOptions>() ?? new AzureStorageOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new AzureStorageException("storage-options", e.Message, "See the table of settings in the README.", e);
        }
    }

    private static string LocalKeys() =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "CrmSync", "functions-keys");
}
