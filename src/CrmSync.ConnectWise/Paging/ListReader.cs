using System.Text.Json;
using CrmSync.ConnectWise.Conditions;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Paging;

/// <summary>The small questions about a list: how many, from where to where, one record, the whole of a short list.</summary>
internal sealed class ListReader(ApiClient api, KeysetReader pages, InfoRequest info)
{
    /// <summary>The number of records that match.</summary>
    public async Task<long> CountAsync(ListQuery query, CancellationToken cancellation)
    {
        using var answer = (await api.SendAsync(CountCall(query), cancellation).ConfigureAwait(false)).OrThrow();
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.GetProperty("count").GetInt64();
    }

    /// <summary>The call behind <see cref="CountAsync"/>, for those who want its error as a value.</summary>
    public static ApiCall CountCall(ListQuery query) => new()
    {
        Path = query.Path.TrimEnd('/') + "/count",
        Query = QueryText.Of(("conditions", query.Filter?.Text), ("childConditions", query.ChildFilter?.Text)),
        IsList = true,
        Inspect = static answer => JsonShape.Inspect(answer) ?? RejectUncounted(answer),
    };

    /// <summary>The range from the lowest id to the highest; null for an empty list.</summary>
    public async Task<IdRange?> BoundsAsync(string path, CancellationToken cancellation) =>
        await FirstIdAsync(path, "id asc", cancellation).ConfigureAwait(false) is { } lowest
        && await FirstIdAsync(path, "id desc", cancellation).ConfigureAwait(false) is { } highest
            ? new IdRange(lowest - 1, highest)
            : null;

    private async Task<long?> FirstIdAsync(string path, string order, CancellationToken cancellation)
    {
        long[] ids = [];
        var call = new ApiCall
        {
            Path = path,
            Query = QueryText.Of(("orderBy", order), ("pageSize", "1"), ("fields", "id")),
            IsList = true,
            Inspect = answer => PageScan.Scan(answer, 0, null, 1, out ids),
        };
        (await api.SendAsync(call, cancellation).ConfigureAwait(false)).OrThrow().Dispose();
        return ids.Length == 0 ? null : ids[0];
    }

    /// <summary>One record's JSON; null when there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(string path, long id, string fields, CancellationToken cancellation)
    {
        var one = $"{path.TrimEnd('/')}/{QueryText.Number(id)}";
        var result = await info.SendAsync(fields, asked => new ApiCall { Path = one, Query = QueryText.Of(("fields", asked)) }, cancellation)
            .ConfigureAwait(false);
        if (result.Error is { Category: ConnectWiseErrorCategory.NotFound, RouteUnknown: false })
        {
            return null;
        }

        using var answer = result.OrThrow();
        return answer.Body.ToArray();
    }

    /// <summary>All of a list that is known to be short, such as a set-up table.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReadAllAsync(ListQuery query, CancellationToken cancellation, long after = 0)
    {
        var all = new List<JsonElement>();
        await foreach (var page in pages.ReadAsync(query, new IdRange(after, null), null, cancellation).ConfigureAwait(false))
        {
            using var received = page;
            using var document = JsonDocument.Parse(page.Json);
            all.AddRange(document.RootElement.EnumerateArray().Select(e => e.Clone()));
        }

        return all;
    }

    /// <summary>All of a list below one record; null when the record does not exist.</summary>
    public async Task<IReadOnlyList<JsonElement>?> FindAllBelowAsync(string path, CancellationToken cancellation)
    {
        var first = await pages.TryReadPageAsync(new ListQuery { Path = path }, new IdRange(0, null), cancellation).ConfigureAwait(false);
        if (first.Error is { Category: ConnectWiseErrorCategory.NotFound, RouteUnknown: false })
        {
            return null;
        }

        var page = first.Page ?? throw first.Error!.ToException();
        using var received = page;
        using var document = JsonDocument.Parse(page.Json);
        List<JsonElement> all = [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
        if (page.Ids.Count == api.Connection.PageSize)
        {
            all.AddRange(await ReadAllAsync(new ListQuery { Path = path }, cancellation, page.Ids[^1]).ConfigureAwait(false));
        }

        return all;
    }

    private static Rejection? RejectUncounted(ApiResponse answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("count", out var count)
            && count.ValueKind == JsonValueKind.Number
            && count.TryGetInt64(out var value)
            && value >= 0
            ? null
            : new Rejection(ConnectWiseErrorCategory.Inconsistent, "The answer holds no count.", RetryAdvice.Once);
    }
}
