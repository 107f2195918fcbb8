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

    /// <summary>The options by the settings. Without a Key Vault, secrets are encrypted with keys of this machine: for Azurite.</summary>
    public static AzureStorageOptions Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection(Section);
        var account = settings["AccountName"];
        var connection = settings["ConnectionString"];
        if (account is null && connection is null)
        {
            account = configuration[$"{HostStorage}:accountName"];
            connection = account is null ? configuration[HostStorage] : null;
        }

        var vault = settings["KeyVault"] is { Length: > 0 } address ? new Uri(address, UriKind.Absolute) : null;
        return new AzureStorageOptions
        {
            AccountName = account,
            ConnectionString = connection,
            ManagedIdentityClientId = settings["ManagedIdentityClientId"] ?? configuration[$"{HostStorage}:clientId"],
            KeyVault = vault,
            KeyDirectory = vault is not null ? null : settings["KeyDirectory"] ?? (connection is null ? null : LocalKeys()),
            Prefix = settings["Prefix"] ?? "crmsync",
        };
    }

    private static string LocalKeys() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "CrmSync", "functions-keys");
}
