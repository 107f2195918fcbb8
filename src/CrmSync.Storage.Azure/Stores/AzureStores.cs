using Azure.Data.Tables;
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

    private static readonly TimeSpan LeftContentsKept = TimeSpan.FromDays(1);

    private readonly ContentSweep _sweep;
    private readonly TimeProvider _time;

    private AzureStores(ContentSweep sweep, TimeProvider time) => (_sweep, _time) = (sweep, time);

    /// <summary>Links and snapshots.</summary>
    public required AzureLinkStore Links { get; init; }

    /// <summary>Runs with their parts.</summary>
    public required AzureRunStore Runs { get; init; }

    /// <summary>Tenants and keys.</summary>
    public required AzureTenantStore Tenants { get; init; }

    /// <summary>Set-ups.</summary>
    public required AzureSetupStore Setups { get; init; }

    /// <summary>Backups.</summary>
    public required AzureBackupStore Backups { get; init; }

    /// <summary>Secrets: in the Key Vault, or encrypted in a table where none is set.</summary>
    public required ISecretStore Secrets { get; init; }

    /// <summary>Invitations of employees.</summary>
    public required AzureInvitationStore Invitations { get; init; }

    /// <summary>Pictures of employees.</summary>
    public required AzurePictureStore Pictures { get; init; }

    /// <summary>Makes what is missing of tables and containers, and the stores.</summary>
    /// <param name="options">Where the data lies.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where the stores log; nowhere unless given.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="AzureStorageException">The options are not right ("storage-options").</exception>
    public static Task<AzureStores> OpenAsync(
        AzureStorageOptions options, TimeProvider time, ILogger<AzureStores>? log = null, CancellationToken cancellation = default) =>
        OpenAsync(options, new LinkTiming(Grace, Pause, time), log, cancellation);

    /// <summary>
    /// Removes large contents that no row names: what a crash between the two has left behind. Those that were written less than a day ago stay, since their
    /// row may be on its way. Answers how many were removed.
    /// </summary>
    public Task<int> RemoveLeftContentsAsync(CancellationToken cancellation) => _sweep.RunAsync(_time.GetUtcNow() - LeftContentsKept, cancellation);

    internal static async Task<AzureStores> OpenAsync(
        AzureStorageOptions options, LinkTiming timing, ILogger<AzureStores>? log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var account = new StorageAccount(options);
        var tables = await TogetherAsync(
            ["links", "runs", "plannedlinks", "tenants", "setups", "invitations"], name => account.TableAsync(name, cancellation)).ConfigureAwait(false);
        var containers = await TogetherAsync(
            ["contents", "runs", "backups", "pictures"], name => account.ContainerAsync(name, cancellation)).ConfigureAwait(false);
        var contents = new RowContents(containers["contents"]);
        var sweep = new ContentSweep(containers["contents"], new Dictionary<string, TableClient>
        {
            ["links"] = tables["links"],
            ["runs"] = tables["runs"],
            ["setup"] = tables["setups"],
        });
        return new AzureStores(sweep, timing.Time)
        {
            Links = new AzureLinkStore(tables["links"], contents, timing, log ?? NullLogger<AzureStores>.Instance),
            Runs = new AzureRunStore(
                new RunRows(tables["runs"], contents), new RunParts(containers["runs"]), new PlannedLinks(tables["plannedlinks"], timing.Time)),
            Tenants = new AzureTenantStore(tables["tenants"]),
            Setups = new AzureSetupStore(tables["setups"], contents),
            Backups = new AzureBackupStore(containers["backups"], timing.Time),
            Invitations = new AzureInvitationStore(tables["invitations"]),
            Pictures = new AzurePictureStore(containers["pictures"]),
            Secrets = account.Vault() is { } vault
                ? new KeyVaultSecretStore(vault, options.Prefix, options.SecretLifetime, timing.Time)
                : new ProtectedSecretStore(await account.TableAsync("secrets", cancellation).ConfigureAwait(false), options.KeyDirectory!),
        };
    }

    private static async Task<Dictionary<string, T>> TogetherAsync<T>(string[] names, Func<string, Task<T>> open)
    {
        var opened = await Task.WhenAll(names.Select(open)).ConfigureAwait(false);
        return names.Zip(opened).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }
}
