using CrmSync.Core.Ports;

namespace CrmSync.Crm.Http.Client;

/// <summary>Why an attempt came to nothing. Holds no token and no request's body, and may be logged and shown.</summary>
internal sealed record Fault
{
    /// <summary>A stable word, beginning with "crm-".</summary>
    public required string Code { get; init; }

    /// <summary>What happened, on one line.</summary>
    public required string Message { get; init; }

    /// <summary>What an administrator can do.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether the same call may succeed later with nothing changed by hand.</summary>
    public required bool RetryHelps { get; init; }

    /// <summary>How long the CRM asked to be left alone; null where it did not say.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    public CrmException ToException() => new(Code, Message, Remedy, RetryHelps);
}
