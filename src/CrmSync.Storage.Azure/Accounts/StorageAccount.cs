using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;

namespace CrmSync.Storage.Azure.Accounts;

/// <summary>The clients of one storage account. Retries and time-outs are the SDK's; contents and credentials are in none of its logs.</summary>
internal sealed class StorageAccount
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly AzureStorageOptions _options;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly TokenCredential? _credential;

    public StorageAccount(AzureStorageOptions options)
    {
        options.Validate();
        _options = options;
        var (tableOptions, blobOptions) = (Configure(new TableClientOptions()), Configure(new BlobClientOptions()));
        if (options.ConnectionString is null || options.KeyVault is not null)
        {
            _credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ManagedIdentityClientId });
        }

        try
        {
            (_tables, _blobs) = options.ConnectionString is { } connection
                ? (new TableServiceClient(connection, tableOptions), new BlobServiceClient(connection, blobOptions))
                : (new TableServiceClient(options.Tables!, _credential!, tableOptions), new BlobServiceClient(options.Blobs!, _credential!, blobOptions));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The cause may quote the connection string: it is left out on purpose.
            throw new AzureStorageException("storage-options", "ConnectionString cannot be read.", "Give it as Azurite or the portal shows it.");
        }
    }

    /// <summary>A table, made where it is missing.</summary>
    public async Task<TableClient> TableAsync(string name, CancellationToken cancellation)
    {
        var table = _tables.GetTableClient(_options.Prefix + name);
        await table.CreateIfNotExistsAsync(cancellation).ConfigureAwait(false);
        return table;
    }

    /// <summary>A container of blobs that nobody reads without rights, made where it is missing.</summary>
    public async Task<BlobContainerClient> ContainerAsync(string name, CancellationToken cancellation)
    {
        var container = _blobs.GetBlobContainerClient($"{_options.Prefix}-{name}");
        await container.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
        return container;
    }

    /// <summary>The Key Vault; null where none is set.</summary>
    public SecretClient? Vault() => _options.KeyVault is { } vault ? new SecretClient(vault, _credential!, Configure(new SecretClientOptions())) : null;

    private T Configure<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = FirstDelay;
        options.Retry.MaxDelay = LongestDelay;
        options.Retry.MaxRetries = _options.MaxRetries;
        options.Retry.NetworkTimeout = _options.NetworkTimeout;
        options.Diagnostics.IsLoggingContentEnabled = false;
        foreach (HttpPipelinePolicy policy in _options.Policies)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return options;
    }
}
