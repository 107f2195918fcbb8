using System.Net;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Crm.Http.Contract;

namespace CrmSync.Crm.Http.Client;

/// <summary>Reads what comes in pages, and takes no page that would lead in a circle.</summary>
internal sealed class PageReader(ContractClient client)
{
    /// <summary>The next records.</summary>
    /// <param name="path">Where they are.</param>
    /// <param name="after">Where the page before said that the next one begins; null for the beginning.</param>
    /// <param name="limit">Most records on the page.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<CrmRecordPage> RecordsAsync(string path, string? after, int limit, CancellationToken cancellation)
    {
        var call = Call(path, ContractAddresses.ContinuationParameter, after, limit);
        var answer = await client.SendAsync<PageBody>(call, page => Records.Check(page.Records)
            ?? (page.Continuation is not null && page.Continuation == after ? "Its continuation leads nowhere." : null), cancellation).ConfigureAwait(false);
        var page = answer.OrThrow();
        return new CrmRecordPage(page.Records, page.Continuation);
    }

    /// <summary>The next changes.</summary>
    /// <param name="path">Where they are.</param>
    /// <param name="since">The cursor of the page before; null for the feed's present end.</param>
    /// <param name="limit">Most changes on the page.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Result<CrmChangePage>> ChangesAsync(string path, string? since, int limit, CancellationToken cancellation)
    {
        var call = Call(path, ContractAddresses.SinceParameter, since, limit);
        var answer = await client.SendAsync<CrmChangePage>(call, page => Check(page, since), cancellation).ConfigureAwait(false);
        return answer.Fault is { Status: (int)HttpStatusCode.Conflict } ? ChangeFeed.CursorUnknown : answer.OrThrow();
    }

    private static ContractCall Call(string path, string placeName, string? place, int limit)
    {
        var query = FormattableString.Invariant($"{ContractAddresses.LimitParameter}={limit}");
        return new ContractCall { Path = path, Query = place is null ? query : $"{query}&{placeName}={Uri.EscapeDataString(place)}" };
    }

    private static string? Check(CrmChangePage page, string? since) =>
        page.Cursor.Length == 0 ? "It has no cursor."
        : page.Changes.Any(change => change is not { Id.Value.Length: > 0 }) ? "A change in it has no id."
        : page.Changes.Any(change => change.Record is { } record && record.Id != change.Id) ? "A change in it shows another record."
        : page.Changes.DistinctBy(change => change.Id).Count() < page.Changes.Count ? "It has a record twice."
        : page.Cursor == since && !(page.CaughtUp && page.Changes.Count == 0) ? "Its cursor leads nowhere."
        : since is null && page is not { CaughtUp: true, Changes.Count: 0 } ? "It shows changes, and only a place was asked for."
        : null;
}
