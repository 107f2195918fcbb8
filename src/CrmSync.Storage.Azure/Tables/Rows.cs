using Azure;
using Azure.Data.Tables;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>Single rows.</summary>
internal static class Rows
{
    /// <summary>A row with all its columns; null for none.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, RowAddress address, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(address.Partition, address.Row, cancellationToken: cancellation).ConfigureAwait(false);
        return row.HasValue ? row.Value : null;
    }

    /// <summary>Adds a row; false where there is one.</summary>
    public static Task<bool> TryAddAsync(this TableClient table, TableEntity row, CancellationToken cancellation) =>
        TryAsync(table.AddEntityAsync(row, cancellation));

    /// <summary>Replaces a row if it is still as it was read; false where it is not.</summary>
    public static Task<bool> TryReplaceAsync(this TableClient table, TableEntity row, ETag read, CancellationToken cancellation) =>
        TryAsync(table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellation));

    /// <summary>Several writes within one partition, all or none; false where a row is not as its write expects.</summary>
    public static Task<bool> TrySubmitAsync(this TableClient table, IEnumerable<TableTransactionAction> actions, CancellationToken cancellation) =>
        TryAsync(table.SubmitTransactionAsync(actions, cancellation));

    private static async Task<bool> TryAsync(Task write)
    {
        try
        {
            await write.ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            return false;
        }
    }
}
