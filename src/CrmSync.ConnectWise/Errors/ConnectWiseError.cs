namespace CrmSync.ConnectWise.Errors;

/// <summary>
/// One failed call as a value: what the site said, what it means, what to do. Holds no credential and no request body, and may be logged and shown.
/// </summary>
public sealed record ConnectWiseError
{
    /// <summary>The code of a call that was given up: no answer came within the time allowed.</summary>
    public const string NoAnswerInTime = "NoAnswerInTime";

    /// <summary>The kind of failure.</summary>
    public required ConnectWiseErrorCategory Category { get; init; }

    /// <summary>ConnectWise's own code (<c>NotFound</c>, <c>Security</c>, …), or CrmSync's where the site gave none.</summary>
    public required string Code { get; init; }

    /// <summary>The site's own text on one line, or CrmSync's words where there was none.</summary>
    public required string Message { get; init; }

    /// <summary>What an administrator can do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether the same call may succeed later with nothing changed by hand.</summary>
    public required bool RetryHelps { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Path of the call below <c>apis/3.0/</c>, without its query.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>The site's complaints field by field; empty when there were none.</summary>
    public IReadOnlyList<ConnectWiseFieldError> Fields { get; init; } = [];

    /// <summary>The site's id of the request (<c>x-cw-request-id</c>), for its support; null when none was sent.</summary>
    public string? RequestId { get; init; }

    /// <summary>The ConnectWise permission that is missing, by its own name, when <see cref="Category"/> is Forbidden.</summary>
    public string? Permission { get; init; }

    /// <summary>How long the site asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True when a write may have been carried out although its answer was lost. It must be looked up before it is sent again:
    /// the API has no idempotency key.
    /// </summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Whether the address of the call, rather than its record, was unknown to the site: the codebase may have moved.</summary>
    internal bool RouteUnknown { get; init; }

    /// <summary>Category, status, code, message and request id on one line.</summary>
    public override string ToString() =>
        $"{Category}{(Status is { } status ? $" {status}" : "")} {Code}: {Message}{(RequestId is { } id ? $" (request {id})" : "")}";
}
