using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>Reads rows by ranges of keys.</summary>
internal static class RowQueries
{
    // The service answers at most this many rows at once.
    private const int PageSize = 1000;

    // Rows asked for per row that is wanted, while few are: what lies between them is read too.
    private const int Reach = 16;

    /// <summary>The rows from one address up to another, in the order of their keys. The addresses' row keys ascend with their partitions.</summary>
    public static async IAsyncEnumerable<TableEntity> ReadAsync(
        this TableClient table, RowAddress from, RowAddress upTo, IEnumerable<string>? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(Filter(from, upTo), PageSize, columns, cancellation).ConfigureAwait(false))
        {
            yield return row;
        }
    }

    /// <summary>
    /// The rows at these addresses by their row keys; one that is not there is left out. The addresses ascend, and their row keys with them. Each request
    /// answers for all addresses up to the last row it brings, so there are never more requests than addresses, and few where the addresses lie close.
    /// </summary>
    public static async Task<Dictionary<string, TableEntity>> FindAsync(
        this TableClient table, IReadOnlyList<RowAddress> addresses, IEnumerable<string> columns, CancellationToken cancellation)
    {
        var found = new Dictionary<string, TableEntity>(addresses.Count, StringComparer.Ordinal);
        for (var next = 0; next < addresses.Count;)
        {
            var most = addresses.Count - next == 1 ? 1 : Math.Min(PageSize, (addresses.Count - next) * Reach);
            var reached = await ReadPageAsync(table, Filter(addresses[next], addresses[^1]), most, columns, found, cancellation).ConfigureAwait(false);
            while (next < addresses.Count && (reached is null || string.CompareOrdinal(addresses[next].Row, reached) <= 0))
            {
                next++;
            }
        }

        return found;
    }

    // The last row key that was read; null where the range was read to its end.
    private static async Task<string?> ReadPageAsync(
        TableClient table, string filter, int most, IEnumerable<string> columns, Dictionary<string, TableEntity> found, CancellationToken cancellation)
    {
        await foreach (var page in table.QueryAsync<TableEntity>(filter, most, columns, cancellation).AsPages().ConfigureAwait(false))
        {
            foreach (var row in page.Values)
            {
                found[row.RowKey] = row;
            }

            // A page may be empty and still have others behind it.
            if (page.ContinuationToken is not null && page.Values.Count > 0)
            {
                return page.Values[^1].RowKey;
            }
        }

        return null;
    }

    private static string Filter(RowAddress from, RowAddress upTo)
    {
        var partition = from.Partition == upTo.Partition
            ? TableClient.CreateQueryFilter($"PartitionKey eq {from.Partition}")
            : TableClient.CreateQueryFilter($"PartitionKey ge {from.Partition} and PartitionKey le {upTo.Partition}");
        var row = from.Row == upTo.Row
            ? TableClient.CreateQueryFilter($"RowKey eq {from.Row}")
            : TableClient.CreateQueryFilter($"RowKey ge {from.Row} and RowKey le {upTo.Row}");
        return $"{partition} and {row}";
    }
}
