using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CrmSync.ConnectWise.Conditions;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Paging;

/// <summary>
/// Reads lists by keyset: each page asks for ids above the last one seen, so that nothing is skipped or doubled when records
/// come and go meanwhile. The next page is under way before the present one is handed out.
/// </summary>
internal sealed class KeysetReader(ApiClient api, InfoRequest info)
{
    // Pages of a list are about equally long. A buffer that has to grow to its size leaves one of each smaller size behind.
    private const double Slack = 1.1;
    private const int FirstPage = 64 * 1024;

    private readonly PageTimes _times = new();
    private readonly ConcurrentDictionary<string, int> _usualBytes = new(StringComparer.Ordinal);

    /// <summary>Median seconds of the latest full pages; 0 before the first.</summary>
    public double MedianPageSeconds => _times.Median;

    /// <summary>The pages of a range, ascending; empty pages are not given.</summary>
    /// <param name="query">Which list.</param>
    /// <param name="range">Which ids.</param>
    /// <param name="expected">How many records the range holds, where known: a full page that completes the number is the last.</param>
    /// <param name="cancellation">Ends the reading, and the request that is under way.</param>
    /// <exception cref="ConnectWiseException">A page could not be read, after all retries.</exception>
    public async IAsyncEnumerable<ConnectWisePage> ReadAsync(
        ListQuery query, IdRange range, long? expected, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = ReadPageAsync(query, range, stop.Token);
        try
        {
            var seen = 0L;
            while (next is not null)
            {
                var page = await next.ConfigureAwait(false);
                seen += page.Ids.Count;
                next = IsLast(page, range, seen, expected) ? null : ReadPageAsync(query, range with { After = page.Ids[^1] }, stop.Token);
                if (page.Ids.Count > 0)
                {
                    yield return page;
                }
                else
                {
                    page.Dispose();
                }
            }
        }
        finally
        {
            // A caller that leaves early must not leave a request behind it.
            await stop.CancelAsync().ConfigureAwait(false);
            if (next is not null)
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool IsLast(ConnectWisePage page, IdRange range, long seen, long? expected) =>
        page.Ids.Count < api.Connection.PageSize || page.Ids[^1] == range.UpTo || seen >= expected;

    private async Task<ConnectWisePage> ReadPageAsync(ListQuery query, IdRange range, CancellationToken cancellation)
    {
        var (page, error) = await TryReadPageAsync(query, range, cancellation).ConfigureAwait(false);
        return page ?? throw error!.ToException();
    }

    /// <summary>The first page of a range, or why there is none.</summary>
    public async Task<(ConnectWisePage? Page, ConnectWiseError? Error)> TryReadPageAsync(ListQuery query, IdRange range, CancellationToken cancellation)
    {
        long[] ids = [];
        var size = api.Connection.PageSize;
        var above = Condition.Above("id", range.After);
        var condition = (range.UpTo is { } upTo ? above.And(Condition.UpTo("id", upTo)) : above).And(query.Filter);
        ApiCall Make(string fields) => new()
        {
            Path = query.Path,
            Query = QueryText.Of(
                ("conditions", condition.Text),
                ("childConditions", query.ChildFilter?.Text),
                ("orderBy", "id asc"),
                ("pageSize", QueryText.Number(size)),
                ("fields", fields)),
            IsList = true,
            Rank = query.Rank,
            UsualBytes = _usualBytes.GetValueOrDefault(query.Path, FirstPage),
            Inspect = answer => PageScan.Scan(answer, range.After, range.UpTo, size, out ids),
        };

        var result = await info.SendAsync(query.Fields, Make, cancellation).ConfigureAwait(false);
        if (result.Response is not { } answer)
        {
            return (null, result.Error);
        }

        api.Traffic.Page();
        if (ids.Length == size)
        {
            _times.Add(answer.Duration.TotalSeconds);
            _usualBytes[query.Path] = (int)(answer.Body.Length * Slack);
        }

        return (new ConnectWisePage(answer.Body, ids) { Owner = answer.Owner }, null);
    }
}
