using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Errors;

/// <summary>Decides what an error answer means and whether asking again may help. Pure.</summary>
/// <remarks>Each row stands for answers on record from live tenants; the sources are in the project's API notes, section 5.</remarks>
internal static class ErrorClassifier
{
    public static (ConnectWiseError Error, RetryAdvice Advice) Classify(
        int status, ErrorBody body, string endpoint, string? requestId, TimeSpan? retryAfter)
    {
        var (category, advice, remedy) = Meaning(status, body, endpoint);
        var error = new ConnectWiseError
        {
            Category = category,
            Code = body.Code.Length > 0 ? body.Code : $"Http{status}",
            Message = body.Message.Length > 0 ? body.Message : $"The site answered {status} without a text.",
            Remedy = remedy,
            RetryHelps = advice is RetryAdvice.WithBackoff or RetryAdvice.AfterPause,
            Status = status,
            Endpoint = endpoint,
            Fields = body.Fields,
            RequestId = requestId,
            Permission = category == ConnectWiseErrorCategory.Forbidden ? PermissionTable.For(endpoint) : null,
            RetryAfter = retryAfter,
            RouteUnknown = IsUnknownRoute(status, body),
        };
        return (error, advice);
    }

    private static (ConnectWiseErrorCategory Category, RetryAdvice Advice, string Remedy) Meaning(int status, ErrorBody body, string endpoint) => status switch
    {
        >= 200 and < 300 => (ConnectWiseErrorCategory.NotConnectWise, RetryAdvice.Once, Remedies.NotConnectWise),
        >= 300 and < 400 => (ConnectWiseErrorCategory.WrongSite, RetryAdvice.Never, Remedies.Redirect),
        400 when IsUnknownRoute(status, body) => (ConnectWiseErrorCategory.WrongSite, RetryAdvice.Never, Remedies.CannotRoute),
        400 when Says(body, "SSL is required") => (ConnectWiseErrorCategory.WrongSite, RetryAdvice.Never, Remedies.SslRequired),
        401 when MentionsClientId(body) => (ConnectWiseErrorCategory.Unauthorized, RetryAdvice.Never, Remedies.ClientId),
        401 => (ConnectWiseErrorCategory.Unauthorized, RetryAdvice.Never, Remedies.Credentials),
        403 when Says(body, "SSL is required") => (ConnectWiseErrorCategory.WrongSite, RetryAdvice.Never, Remedies.SslRequired),
        403 when MentionsClientId(body) => (ConnectWiseErrorCategory.Unauthorized, RetryAdvice.Never, Remedies.ClientId),
        403 when body.IsHtml => (ConnectWiseErrorCategory.NotConnectWise, RetryAdvice.Never, Remedies.NotConnectWise),
        403 => (ConnectWiseErrorCategory.Forbidden, RetryAdvice.Never, Remedies.Permission(PermissionTable.For(endpoint))),
        404 when IsUnknownRoute(status, body) => (ConnectWiseErrorCategory.NotFound, RetryAdvice.Never, Remedies.NoEndpoint),
        404 => (ConnectWiseErrorCategory.NotFound, RetryAdvice.Never, Remedies.NoRecord),
        408 => (ConnectWiseErrorCategory.Unavailable, RetryAdvice.WithBackoff, Remedies.Wait),
        409 or 412 => (ConnectWiseErrorCategory.Conflict, RetryAdvice.Never, Remedies.Conflict),
        429 => (ConnectWiseErrorCategory.Throttled, RetryAdvice.AfterPause, Remedies.Throttled),
        < 500 when body.IsHtml => (ConnectWiseErrorCategory.NotConnectWise, RetryAdvice.Never, Remedies.NotConnectWise),
        < 500 => (ConnectWiseErrorCategory.BadRequest, RetryAdvice.Never, Remedies.Refused),
        500 when IsTimeOut(body) => (ConnectWiseErrorCategory.Unavailable, RetryAdvice.WithBackoff, Remedies.Wait),
        500 when Says(body, "Error converting value") => (ConnectWiseErrorCategory.ServerFault, RetryAdvice.Never, Remedies.ServerFault),
        500 when body.FromApi => (ConnectWiseErrorCategory.ServerFault, RetryAdvice.Once, Remedies.ServerFault),
        501 or 505 => (ConnectWiseErrorCategory.ServerFault, RetryAdvice.Never, Remedies.ServerFault),
        500 => (ConnectWiseErrorCategory.Unavailable, RetryAdvice.Once, Remedies.Wait),
        // 502, 503, 504 and the 52x of the proxy in front of the cloud: the API itself was not reached or not ready.
        _ => (ConnectWiseErrorCategory.Unavailable, RetryAdvice.WithBackoff, Remedies.Wait),
    };

    /// <summary>
    /// A 404 in the API's NotFound form names a record; every other 404, and the gateway's "Cannot route", is about the address.
    /// </summary>
    private static bool IsUnknownRoute(int status, ErrorBody body) => status switch
    {
        400 => Says(body, "Cannot route"),
        404 => !body.Code.Equals("NotFound", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>"A timeout has occured. Please try again." and "Timeout expired. …" are temporary; other 500s are not.</summary>
    private static bool IsTimeOut(ErrorBody body) => Says(body, "timeout") || Says(body, "timed out");

    private static bool MentionsClientId(ErrorBody body) => Says(body, "clientId") || Says(body, "client id");

    private static bool Says(ErrorBody body, string text) => body.Message.Contains(text, StringComparison.OrdinalIgnoreCase);
}
