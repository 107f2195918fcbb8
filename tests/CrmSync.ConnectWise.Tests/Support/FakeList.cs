using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace CrmSync.ConnectWise.Tests.Support;

/// <summary>A list of records that can be read by keyset, as far as the client asks.</summary>
internal sealed partial class FakeList(IEnumerable<long> ids)
{
    private readonly SortedSet<long> _ids = [.. ids];

    public Task AnswerAsync(HttpContext context, int call)
    {
        var conditions = context.Request.Query["conditions"].ToString();
        var after = Bound(Above(), conditions) ?? 0;
        var upTo = Bound(UpTo(), conditions) ?? long.MaxValue;
        var size = int.Parse(context.Request.Query["pageSize"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        var matching = _ids.Where(id => id > after && id <= upTo);
        var ordered = context.Request.Query["orderBy"] == "id desc" ? matching.Reverse() : matching;
        return ScriptedSite.Json(context, $"[{string.Join(',', ordered.Take(size).Select(id => $$"""{"id":{{id}}}"""))}]");
    }

    private static long? Bound(Regex bound, string conditions) =>
        bound.Match(conditions) is { Success: true } match ? long.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\bid > (\d+)")]
    private static partial Regex Above();

    [GeneratedRegex(@"\bid <= (\d+)")]
    private static partial Regex UpTo();
}
