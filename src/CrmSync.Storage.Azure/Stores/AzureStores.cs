using CrmSync.Core.Ports;
using CrmSync.Storage.Azure.Accounts;
using CrmSync.Storage.Azure.Links;
using CrmSync.Storage.Azure.Runs;
using CrmSync.Storage.Azure.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Storage.Azure;

/// <summary>All stores over one storage account, whose tables and containers are there. For use by any number of threads, and of processes.</summary>
public sealed class AzureStores
{
    // A claim's link is written within milliseconds of it; a writer whose request is being repeated takes seconds.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private AzureStores(
        AzureLinkStore links, AzureRunStore runs, AzureTenantStore tenants, AzureSetupStore setups, AzureBackupStore backups, ISecretStore secrets) =>
        (Links, Runs, Tenants, Setups, Backups, Secrets) = (links, runs, tenants, setups, backups, secrets);

    /// <summary>Links and snapshots.</summary>
    public AzureLinkStore Links { get; }

    /// <summary>Runs with their parts.</summary>
    public AzureRunStore Runs { get; }

    /// <summary>Tenants and keys.</summary>
    public AzureTenantStore Tenants { get; }

    /// <summary>Set-ups.</summary>
    public AzureSetupStore Setups { get; }

    /// <summary>Backups.</summary>
    public AzureBackupStore Backups { get; }

    /// <summary>Secrets: in the Key Vault, or encrypted in a table where none is set.</summary>
    public ISecretStore Secrets { get; }

    /// <summary>Makes what is missing of tables and containers, and the stores.</summary>
    /// <param name="options">Where the data lies.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where the stores log; nowhere unless given.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="AzureStorageException">The options are not right ("storage-options").</exception>
    public static Task<AzureStores> OpenAsync(
        AzureStorageOptions options, TimeProvider time, ILogger<AzureStores>? log = null, CancellationToken cancellation = default) =>
        OpenAsync(options, new LinkTiming(Grace, Pause, time), log, cancellation);

    internal static async Task<AzureStores> OpenAsync(
        AzureStorageOptions options, LinkTiming timing, ILogger<AzureStores>? log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var account = new StorageAccount(options);
        string[] names = ["links", "runs", "plannedlinks", "tenants", "setups"];
        var tables = await Task.WhenAll(names.Select(name => account.TableAsync(name, cancellation))).ConfigureAwait(false);
        var containers = await Task.WhenAll(
            account.ContainerAsync("contents", cancellation), account.ContainerAsync("runs", cancellation), account.ContainerAsync("backups", cancellation))
            .ConfigureAwait(false);
        var contents = new RowContents(containers[0]);
        ISecretStore secrets = account.Vault() is { } vault
            ? new KeyVaultSecretStore(vault, options.Prefix, options.SecretLifetime, timing.Time)
            : new ProtectedSecretStore(await account.TableAsync("secrets", cancellation).ConfigureAwait(false), options.KeyDirectory!);
        return new AzureStores(
            new AzureLinkStore(tables[0], contents, timing, log ?? NullLogger<AzureStores>.Instance),
            new AzureRunStore(new RunRows(tables[1], contents), new RunParts(containers[1]), new PlannedLinks(tables[2])),
            new AzureTenantStore(tables[3]),
            new AzureSetupStore(tables[4], contents),
            new AzureBackupStore(containers[2], timing.Time),
            secrets);
    }
}
