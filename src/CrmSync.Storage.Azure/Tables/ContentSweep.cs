using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>
/// Removes contents that no row names: what a crash between a blob and its row leaves behind, or a write that was lost to another. Each blob tells which row
/// it was written for, and no name is used twice, so a row that names another one by now will never name it.
/// </summary>
/// <param name="container">The container of <see cref="RowContents"/>.</param>
/// <param name="tables">The tables of the rows, by the second part of the blobs' names.</param>
internal sealed class ContentSweep(BlobContainerClient container, IReadOnlyDictionary<string, TableClient> tables)
{
    /// <summary>Looks at all contents that were written before a time, one small reading each, and answers how many were removed.</summary>
    public async Task<int> RunAsync(DateTimeOffset writtenBefore, CancellationToken cancellation)
    {
        var removed = 0;
        var options = new GetBlobsOptions { Traits = BlobTraits.Metadata };
        await foreach (var blob in container.GetBlobsAsync(options, cancellation).ConfigureAwait(false))
        {
            if (blob.Properties.LastModified < writtenBefore && await IsLeftAsync(blob, cancellation).ConfigureAwait(false))
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation).ConfigureAwait(false);
                removed++;
            }
        }

        return removed;
    }

    // What cannot be told stays.
    private async Task<bool> IsLeftAsync(BlobItem blob, CancellationToken cancellation)
    {
        if (blob.Name.Split('/') is not [_, var kind, ..] || !tables.TryGetValue(kind, out var table) || RowContents.OwnerOf(blob.Metadata) is not { } owner)
        {
            return false;
        }

        var row = await table.GetEntityIfExistsAsync<TableEntity>(owner.Partition, owner.Row, [RowContents.Spilled], cancellation).ConfigureAwait(false);
        return !row.HasValue || row.Value!.GetString(RowContents.Spilled) != blob.Name;
    }
}
