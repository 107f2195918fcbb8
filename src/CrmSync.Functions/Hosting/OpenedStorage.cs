using CrmSync.Core.Access;
using CrmSync.Storage.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Hosting;

/// <summary>The stores, open from the app's start on.</summary>
internal sealed class OpenedStorage(IConfiguration configuration, TimeProvider time, ILogger<AzureStores> log)
{
    /// <summary>The setting whose key opens everything, beside the keys that are stored.</summary>
    public const string OperatorKeySetting = "CRMSYNC_OPERATOR_KEY";

    private AzureStores? _stores;

    /// <summary>The stores.</summary>
    /// <exception cref="InvalidOperationException">They have not been opened.</exception>
    public AzureStores Stores => _stores ?? throw new InvalidOperationException("The storage has not been opened.");

    /// <summary>Makes what is missing of tables and containers, and admits the operator's key of the settings.</summary>
    /// <exception cref="AzureStorageException">The settings are not right ("storage-options").</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _stores = await AzureStores.OpenAsync(StorageSettings.Read(configuration), time, log, cancellation).ConfigureAwait(false);
        if (configuration[OperatorKeySetting] is { } key && !string.IsNullOrWhiteSpace(key))
        {
            await AccessService.AdmitOperatorAsync(_stores.Tenants, key.Trim(), OperatorKeySetting, time, cancellation).ConfigureAwait(false);
        }
    }
}
