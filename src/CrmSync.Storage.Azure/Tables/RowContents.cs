using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CrmSync.Storage.Azure.Blobs;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>
/// The content of a row: within the row as long as a property has room for it, and otherwise in a blob that the row names. Each write has a blob of its
/// own, which is there before the row and goes after it, so a row never names one that is not there. A crash between may leave a blob without a row, which
/// <see cref="ContentSweep"/> removes.
/// </summary>
internal sealed class RowContents(BlobContainerClient container)
{
    /// <summary>The columns that a reader of contents asks for.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Inline, Spilled];

    /// <summary>The column that names the blob.</summary>
    public const string Spilled = "ContentBlob";

    // A property has room for 64 KiB, and a transaction for 100 rows of this size.
    private const int MostInline = 24 * 1024;

    private const string Inline = "Content";
    private const string PartitionKey = "partition";
    private const string RowKey = "row";

    /// <summary>Puts a content into a row that is about to be written.</summary>
    /// <param name="row">The row.</param>
    /// <param name="folder">Where a blob would lie: the tenant's.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task PutAsync(TableEntity row, string folder, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (content.Length <= MostInline)
        {
            row[Inline] = content.ToArray();
            return;
        }

        var name = $"{folder}/{Guid.CreateVersion7():n}";
        var owner = new Dictionary<string, string>
        {
            [PartitionKey] = Uri.EscapeDataString(row.PartitionKey),
            [RowKey] = Uri.EscapeDataString(row.RowKey),
        };
        await container.GetBlobClient(name).WriteGzippedAsync(content, overwrite: true, cancellation, owner).ConfigureAwait(false);
        row[Spilled] = name;
    }

    /// <summary>The row that a blob was written for; null where its metadata do not tell.</summary>
    public static RowAddress? OwnerOf(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(PartitionKey, out var partition) && metadata.TryGetValue(RowKey, out var row)
            ? new RowAddress(Uri.UnescapeDataString(partition), Uri.UnescapeDataString(row)) : null;

    /// <summary>The content of a row; null where it was replaced since the row was read: then the row is to be read again.</summary>
    public async Task<byte[]?> GetAsync(TableEntity row, CancellationToken cancellation)
    {
        if (row.GetString(Spilled) is not { } name)
        {
            return row.GetBinary(Inline) ?? [];
        }

        using var content = await container.GetBlobClient(name).ReadGzippedAsync(cancellation).ConfigureAwait(false);
        return content?.Memory.ToArray();
    }

    /// <summary>Removes the blob that a row named before it was replaced.</summary>
    public async Task RemoveAsync(TableEntity? replaced, CancellationToken cancellation)
    {
        if (replaced?.GetString(Spilled) is { } name)
        {
            await container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A row that is read, with its content: read again where the content was replaced in between. Null for no row.</summary>
    public async Task<(TableEntity Row, ReadOnlyMemory<byte> Content)?> ReadAsync(TableClient table, RowAddress address, CancellationToken cancellation)
    {
        string? lost = null;
        while (await table.FindAsync(address, cancellation).ConfigureAwait(false) is { } row)
        {
            if (await GetAsync(row, cancellation).ConfigureAwait(false) is { } content)
            {
                return (row, content);
            }

            var name = row.GetString(Spilled);
            if (name == lost)
            {
                throw Lost(name!);
            }

            lost = name;
        }

        return null;
    }

    /// <summary>The row names a blob that is not there, and goes on naming it.</summary>
    public static AzureStorageException Lost(string name) => new(
        "storage-content-lost", $"The blob \"{name}\", which a row refers to, is gone.", "Restore the container from its soft-deleted blobs or a backup.");
}
