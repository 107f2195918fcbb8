using System.Buffers;
using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Blobs;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Runs;

/// <summary>The parts of runs, a blob each: {tenant}/{run}/{kind}/{stage}_{number}.</summary>
internal sealed class RunParts(BlobContainerClient container)
{
    private const int Parallel = 16;

    public Task WriteAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        BlobOf(tenant, run, name).WriteGzippedAsync(content, overwrite: true, cancellation);

    public async Task<IMemoryOwner<byte>?> ReadAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation) =>
        await BlobOf(tenant, run, name).ReadGzippedAsync(cancellation).ConfigureAwait(false);

    public async Task<IReadOnlyList<PartName>> ListAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation)
    {
        var names = new List<PartName>();
        var folder = Folder(tenant, run, kind);
        await foreach (var blob in ListAsync(folder, cancellation).ConfigureAwait(false))
        {
            var parts = blob.Name[folder.Length..].Split(KeyText.Separator);
            names.Add(new PartName(kind, EntityName.Parse(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture)));
        }

        return [.. names.OrderBy(name => name.Stage).ThenBy(name => name.Number)];
    }

    public async Task RemoveAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation)
    {
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation };
        await System.Threading.Tasks.Parallel.ForEachAsync(ListAsync(Folder(tenant, run, kind), cancellation), bounded, async (blob, token) =>
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private AsyncPageable<BlobItem> ListAsync(string folder, CancellationToken cancellation) =>
        container.GetBlobsAsync(new GetBlobsOptions { Prefix = folder }, cancellation);

    private BlobClient BlobOf(TenantId tenant, RunId run, PartName name) => container.GetBlobClient(string.Create(
        CultureInfo.InvariantCulture, $"{Folder(tenant, run, name.Kind)}{EntityName.Of(name.Stage)}{KeyText.Separator}{name.Number:D10}"));

    private static string Folder(TenantId tenant, RunId run, PartKind kind) => $"{tenant}/{KeyText.Encode(run.Value)}/{NameOf(kind)}/";

    // Words of their own: a case that is renamed must not change what was stored.
    private static string NameOf(PartKind kind) => kind switch
    {
        PartKind.Settings => "settings",
        PartKind.Observation => "observation",
        PartKind.ReadingMap => "reading-map",
        PartKind.Claims => "claims",
        PartKind.Decisions => "decisions",
        PartKind.Plan => "plan",
        PartKind.Results => "results",
        PartKind.Counterpart => "counterpart",
        PartKind.Children => "children",
    };
}
