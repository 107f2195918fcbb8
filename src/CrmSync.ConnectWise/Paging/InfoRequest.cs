using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Paging;

/// <summary>
/// Asks for <c>_info/lastUpdated</c> alone where the site can, since a record's links in <c>_info</c> are longer than the record. The vendor
/// documents paths in <c>fields</c> but not for <c>_info</c>: a site that refuses it, or leaves it out, is asked for all of <c>_info</c> from then on.
/// </summary>
internal sealed class InfoRequest(ApiClient api)
{
    /// <summary>What entities ask for.</summary>
    public const string Narrow = "_info/lastUpdated";

    private const string Whole = "_info";

    private volatile bool _whole;

    /// <summary>Sends a call made for a list of fields, again with all of <c>_info</c> when needed.</summary>
    public async Task<ApiResult> SendAsync(string fields, Func<string, ApiCall> make, CancellationToken cancellation)
    {
        var result = await api.SendAsync(make(Widen(fields)), cancellation).ConfigureAwait(false);
        if (_whole || !fields.Contains(Narrow, StringComparison.Ordinal) || !IsMissed(result))
        {
            return result;
        }

        _whole = true;
        result.Response?.Dispose();
        return await api.SendAsync(make(Widen(fields)), cancellation).ConfigureAwait(false);
    }

    private string Widen(string fields) => _whole ? fields.Replace(Narrow, Whole, StringComparison.Ordinal) : fields;

    private static bool IsMissed(ApiResult result) => result.Response is { } answer
        ? answer.Body.Span.IndexOf((byte)'{') >= 0 && answer.Body.Span.IndexOf("\"lastUpdated\""u8) < 0
        : result.Error!.Category == ConnectWiseErrorCategory.BadRequest;
}
