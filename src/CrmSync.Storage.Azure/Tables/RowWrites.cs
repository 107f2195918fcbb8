using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace CrmSync.Storage.Azure.Tables;

/// <summary>One row to be written for an item.</summary>
/// <param name="Item">What it is written for.</param>
/// <param name="Action">The write.</param>
/// <param name="Bytes">About how long it is in a request.</param>
internal readonly record struct RowWrite<T>(T Item, TableTransactionAction Action, int Bytes);

/// <summary>Writes rows in transactions of 100.</summary>
internal static class RowWrites
{
    private const int MostRows = 100;

    // A transaction has room for 4 MiB, the frames of its parts included.
    private const int MostBytes = 3 * 1024 * 1024;

    private const int Parallel = 4;

    /// <summary>
    /// Writes the rows, a transaction for each 100 of a partition. Answers the items of those transactions that were refused because a row was not as
    /// its write expects, of which nothing was written. A transaction whose answer was lost may be among them although it was applied: whoever reads the
    /// rows again finds out.
    /// </summary>
    public static async Task<IReadOnlyList<T>> SubmitAsync<T>(this TableClient table, IEnumerable<RowWrite<T>> writes, CancellationToken cancellation)
    {
        var refused = new List<T>();
        var transactions = writes.GroupBy(write => write.Action.Entity.PartitionKey, StringComparer.Ordinal).SelectMany(Split);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            transactions,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation },
            async (transaction, token) =>
            {
                try
                {
                    await table.SubmitTransactionAsync(transaction.Select(write => write.Action), token).ConfigureAwait(false);
                }
                catch (RequestFailedException e) when (e.IsConflict())
                {
                    lock (refused)
                    {
                        refused.AddRange(transaction.Select(write => write.Item));
                    }
                }
            }).ConfigureAwait(false);
        return refused;
    }

    /// <summary>Whether a row was not as a write expected it: there already, changed since it was read, or gone.</summary>
    public static bool IsConflict(this RequestFailedException failure) =>
        failure.Status is 404 or 409 or 412 && failure.ErrorCode != TableErrorCode.TableNotFound;

    private static IEnumerable<List<RowWrite<T>>> Split<T>(IEnumerable<RowWrite<T>> writes)
    {
        var transaction = new List<RowWrite<T>>(MostRows);
        var bytes = 0;
        foreach (var write in writes)
        {
            if (transaction.Count == MostRows || (transaction.Count > 0 && bytes + write.Bytes > MostBytes))
            {
                yield return transaction;
                (transaction, bytes) = (new List<RowWrite<T>>(MostRows), 0);
            }

            transaction.Add(write);
            bytes += write.Bytes;
        }

        if (transaction.Count > 0)
        {
            yield return transaction;
        }
    }
}
