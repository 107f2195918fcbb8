using CrmSync.Core;
using CrmSync.Core.Ports;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Api.Problems;

/// <summary>Makes the problem documents.</summary>
public static class ApiProblems
{
    private static readonly HashSet<string> Members =
        new(["type", "title", "status", "detail", "code", "remedy", "field", "errors", "correlationId"], StringComparer.Ordinal);

    /// <summary>The document of a refusal. Details under JSON pointers become the errors; the others are members of their own.</summary>
    public static ProblemResult Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var errors = refusal.Details.Where(detail => detail.Key.StartsWith('/')).ToDictionary();
        var details = refusal.Details.Where(detail => !detail.Key.StartsWith('/') && !Members.Contains(detail.Key))
            .ToDictionary(detail => detail.Key, detail => (object?)detail.Value);
        return Make(StatusOf(refusal.Kind), refusal.Code, refusal.Message, refusal.Remedy, problem => problem with
        {
            Field = refusal.Field,
            Errors = errors.Count > 0 ? errors : null,
            Details = details.Count > 0 ? details : null,
        });
    }

    /// <summary>The document of a side that did not do its part: 503 where asking later may help, else 502; 409 where no connection was saved.</summary>
    public static ProblemResult Of(SideException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var status = exception.Code == "not-connected" ? StatusCodes.Status409Conflict
            : exception.RetryHelps ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway;
        return Make(status, exception.Code, exception.Message, exception.Remedy);
    }

    /// <summary>The document of a bug: no internals, but what support finds the log by.</summary>
    public static ProblemResult Unexpected(string correlationId) => Make(
        StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong inside CrmSync. It was written to the log.",
        "Try again; if it stays, give the correlation id to whoever runs CrmSync.", problem => problem with { CorrelationId = correlationId });

    /// <summary>The document of a status that the web server itself decided on.</summary>
    public static ProblemResult OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Make(status, "route-unknown", "There is no such address.", "See /api/openapi.json for the addresses."),
        StatusCodes.Status405MethodNotAllowed => Make(
            status, "method-not-allowed", "The address does not know this method.", "Use one of the methods that the Allow header names."),
        StatusCodes.Status413PayloadTooLarge => Make(status, "body-too-large", "The body is larger than 1 MiB.", "Send less at once."),
        StatusCodes.Status415UnsupportedMediaType => Make(
            status, "content-type-unsupported", "The body is not declared as JSON in UTF-8.", "Send it with the header \"Content-Type: application/json\"."),
        _ => Make(status, "request-refused", $"The request was refused with the status {status}.", "See /api/openapi.json for what the address expects."),
    };

    /// <summary>No key, or one that opens nothing (AX-1).</summary>
    public static ProblemResult Unauthorized(bool given) => given
        ? Make(StatusCodes.Status401Unauthorized, "key-invalid", "The key opens nothing.", "Use a key that was not removed, exactly as it was shown.")
        : Make(StatusCodes.Status401Unauthorized, "key-missing", "The call has no key.",
            "Send the key in the header \"Authorization: Bearer <key>\" or \"x-functions-key\".");

    /// <summary>A tenant's key where an operator's is needed.</summary>
    public static ProblemResult OperatorOnly() =>
        Make(StatusCodes.Status403Forbidden, "operator-only", "Only an operator may do this.", "Use an operator's key.");

    /// <summary>An unknown tenant, or one that the key does not open: the two cannot be told apart (AX-1).</summary>
    public static ProblemResult TenantUnknown() =>
        Make(StatusCodes.Status404NotFound, "tenant-unknown", "There is no such tenant.", "Check the tenant's id in the address.");

    /// <summary>The service lives, but cannot work yet.</summary>
    public static ProblemResult NotReady() =>
        Make(StatusCodes.Status503ServiceUnavailable, "not-ready", "The store does not answer.",
            "Wait a minute; if it stays, see the log and the storage account.");

    private static ProblemResult Make(int status, string code, string detail, string remedy, Func<ProblemDocument, ProblemDocument>? more = null)
    {
        var problem = new ProblemDocument
        {
            Type = $"/problems/{code}",
            Title = TitleOf(code),
            Status = status,
            Detail = detail,
            Code = code,
            Remedy = remedy,
        };
        return new ProblemResult(more is null ? problem : more(problem));
    }

    private static string TitleOf(string code)
    {
        var words = code.Replace('-', ' ');
        return words.Length == 0 ? "Problem" : string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Unavailable => StatusCodes.Status502BadGateway,
    };
}
