using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Blobs;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Backups in blobs, a piece each: {tenant}/{run}/{stage}_{number}_{batch}, gzipped JSON lines. A piece is never overwritten. Its metadata tell how many
/// records it holds and when it was taken; those times order the pieces, and within one process no two are equal.
/// </summary>
public sealed class AzureBackupStore : IBackupStore
{
    private const string RecordsKey = "records";
    private const string TakenKey = "taken";
    private const string RunKey = "run";

    private readonly BlobContainerClient _container;
    private readonly TimeProvider _time;
    private long _lastTaken;

    internal AzureBackupStore(BlobContainerClient container, TimeProvider time) => (_container, _time) = (container, time);

    /// <inheritdoc />
    public async Task WriteAsync(
        TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var lines = JsonLines.Write(records);
        var metadata = new Dictionary<string, string>
        {
            [RecordsKey] = records.Count.ToString(CultureInfo.InvariantCulture),
            [TakenKey] = Taken().ToString(CultureInfo.InvariantCulture),
            [RunKey] = Uri.EscapeDataString(run.Value),
        };
        await _container.GetBlobClient(NameOf(tenant, run, name)).WriteGzippedAsync(lines.Memory, overwrite: false, cancellation, metadata)
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var runs = new Dictionary<string, BackupSummary>(StringComparer.Ordinal);
        await foreach (var piece in ListAsync($"{tenant}/", cancellation).ConfigureAwait(false))
        {
            var (run, records, taken) = (Uri.UnescapeDataString(piece.Metadata[RunKey]), RecordsOf(piece), new DateTimeOffset(TakenOf(piece), TimeSpan.Zero));
            runs[run] = runs.TryGetValue(run, out var others)
                ? others with { Records = others.Records + records, TakenAt = others.TakenAt < taken ? others.TakenAt : taken }
                : new BackupSummary(new RunId(run), records, taken);
        }

        return [.. runs.OrderByDescending(run => run.Key, StringComparer.Ordinal).Select(run => run.Value)];
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pieces = await ListAsync(Folder(tenant, run), cancellation).OrderBy(TakenOf).ToListAsync(cancellation).ConfigureAwait(false);
        foreach (var piece in pieces)
        {
            using var lines = await _container.GetBlobClient(piece.Name).ReadGzippedAsync(cancellation).ConfigureAwait(false)
                ?? throw RowContents.Lost(piece.Name);
            foreach (var record in JsonLines.Read<BackupRecord>(lines.Memory))
            {
                yield return record;
            }
        }
    }

    private AsyncPageable<BlobItem> ListAsync(string folder, CancellationToken cancellation) =>
        _container.GetBlobsAsync(new GetBlobsOptions { Prefix = folder, Traits = BlobTraits.Metadata }, cancellation);

    private long Taken()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastTaken);
            var next = Math.Max(_time.GetUtcNow().UtcTicks, last + 1);
            if (Interlocked.CompareExchange(ref _lastTaken, next, last) == last)
            {
                return next;
            }
        }
    }

    private static long RecordsOf(BlobItem piece) => long.Parse(piece.Metadata[RecordsKey], CultureInfo.InvariantCulture);

    private static long TakenOf(BlobItem piece) => long.Parse(piece.Metadata[TakenKey], CultureInfo.InvariantCulture);

    private static string Folder(TenantId tenant, RunId run) => $"{tenant}/{KeyText.Encode(run.Value)}/";

    private static string NameOf(TenantId tenant, RunId run, BackupName name) => Folder(tenant, run) + string.Create(
        CultureInfo.InvariantCulture, $"{EntityName.Of(name.Stage)}{KeyText.Separator}{name.Number:D10}{KeyText.Separator}{name.Batch:D10}");
}
