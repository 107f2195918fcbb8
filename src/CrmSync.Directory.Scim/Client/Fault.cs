using CrmSync.Core.Ports;

namespace CrmSync.Scim.Client;

/// <summary>Why an attempt came to nothing. Holds no token and no request's body.</summary>
internal sealed record Fault
{
    /// <summary>A stable word.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, on one line; may repeat the directory's own words, so it is shown and never logged.</summary>
    public required string Message { get; init; }

    /// <summary>What an administrator can do.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether the same call may succeed later with nothing changed by hand.</summary>
    public required bool RetryHelps { get; init; }

    /// <summary>Whether the directory may have done all the same what the request asked for.</summary>
    public bool MaybeDone { get; init; }

    /// <summary>Whether it says something about the directory as a whole, and not about one employee.</summary>
    public bool IsGeneral => Status is null or 200 or 401 or 429 or (>= 300 and < 400);

    /// <summary>How long the directory asked to be left alone; null where it did not say.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>SCIM's word for the kind of error; null where none was given.</summary>
    public string? ScimType { get; init; }

    public DirectoryException ToException() => new(Code, Message, Remedy, RetryHelps);

    public CrmError ToError() => new(Code, Message, RetryHelps);

    /// <summary>Whether the directory has told that it does not understand or not offer what was asked.</summary>
    public bool IsUnsupported => Status is 400 or 403 or 404 or 405 or 500 or 501;

    /// <summary>Whether another employee already has what must be unique.</summary>
    public bool IsTaken => Status == 409 || string.Equals(ScimType, "uniqueness", StringComparison.OrdinalIgnoreCase);
}
