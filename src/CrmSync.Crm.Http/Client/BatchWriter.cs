using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Crm.Http.Contract;

namespace CrmSync.Crm.Http.Client;

/// <summary>
/// Writes batches. A batch whose answer was lost is sent again under the name it had, so that it is done once. Records that the CRM puts off
/// are sent again by themselves, as a batch with a name of its own. A batch too large for one body is written in pieces, in its order.
/// </summary>
/// <param name="client">The way to the CRM.</param>
/// <param name="bodyBytes">The largest body that the CRM takes.</param>
internal sealed class BatchWriter(ContractClient client, int bodyBytes)
{
    /// <summary>The results, one for each item, in their order.</summary>
    /// <param name="path">Where the batch is sent.</param>
    /// <param name="items">The batch.</param>
    /// <param name="body">The body that carries some items.</param>
    /// <param name="cancellation">Ends the writing; what is done by then stays done.</param>
    public async Task<IReadOnlyList<CrmWriteResult>> WriteAsync<TItem, TBody>(
        string path, IReadOnlyList<TItem> items, Func<IReadOnlyList<TItem>, TBody> body, CancellationToken cancellation)
    {
        if (items.Count == 0)
        {
            return [];
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(body(items), CoreJson.Options);
        if (bytes.Length <= bodyBytes)
        {
            return await WriteWholeAsync(path, items, bytes, body, cancellation).ConfigureAwait(false);
        }

        if (items.Count == 1)
        {
            var error = new CrmError("record-too-large", $"The record takes {bytes.Length} bytes; the CRM takes {bodyBytes}.", false);
            return [new CrmWriteResult { Error = error }];
        }

        var half = items.Count / 2;
        return
        [
            .. await WriteAsync(path, [.. items.Take(half)], body, cancellation).ConfigureAwait(false),
            .. await WriteAsync(path, [.. items.Skip(half)], body, cancellation).ConfigureAwait(false),
        ];
    }

    private async Task<IReadOnlyList<CrmWriteResult>> WriteWholeAsync<TItem, TBody>(
        string path, IReadOnlyList<TItem> items, byte[] bytes, Func<IReadOnlyList<TItem>, TBody> body, CancellationToken cancellation)
    {
        var results = new CrmWriteResult[items.Count];
        var pending = Enumerable.Range(0, items.Count).ToList();
        var call = Name(path, bytes);
        var last = await client.RepeatAsync(path, async token =>
        {
            var answer = await client.AttemptAsync<ResultsBody>(call, answered => Check(answered, pending.Count), token).ConfigureAwait(false);
            if (answer.Value is not { } answered)
            {
                return answer;
            }

            foreach (var (index, result) in pending.Zip(answered.Results))
            {
                results[index] = result;
            }

            pending = pending.FindAll(index => results[index].Error is { RetryHelps: true });
            if (pending.Count == 0)
            {
                return answer;
            }

            call = Name(path, JsonSerializer.SerializeToUtf8Bytes(body([.. pending.Select(index => items[index])]), CoreJson.Options));
            return Faults.Partial(pending.Count);
        }, cancellation).ConfigureAwait(false);

        // What is put off to the last stands as the refusal that it is; a fault leaves the outcome of some records unknown.
        return last.Fault is null or { Status: 207 } ? results : throw last.Fault.ToException();
    }

    private static ContractCall Name(string path, byte[] bytes) => new() { Path = path, Body = bytes, IdempotencyKey = Guid.NewGuid().ToString("N") };

    private static string? Check(ResultsBody answered, int expected) =>
        answered.Results.Count != expected ? $"It holds {answered.Results.Count} results for {expected} records."
        : answered.Results.Any(result => result is null || (result.Error is null) == (result.Id is not { Value.Length: > 0 }))
            ? "A result holds neither a record's id nor an error, or both."
            : null;
}
