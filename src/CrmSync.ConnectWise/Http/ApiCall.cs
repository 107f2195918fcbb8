using CrmSync.ConnectWise.Errors;

namespace CrmSync.ConnectWise.Http;

/// <summary>One request to the API, free of host and credentials, so that it can be sent again elsewhere when the codebase moves.</summary>
internal sealed record ApiCall
{
    /// <summary>Path below <c>apis/3.0/</c>, without a leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>Encoded query without the question mark; empty for none.</summary>
    public string Query { get; init; } = "";

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>JSON body; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>True when sending it twice changes nothing: reads, and the POST that only reads.</summary>
    public bool IsRead { get; init; } = true;

    /// <summary>True for a collection that always exists on a right address, so that any 404 speaks of the address.</summary>
    public bool IsList { get; init; }

    /// <summary>Its place where calls wait for each other: the lowest go first. Somebody waits for what is not a page of a reading.</summary>
    public int Rank { get; init; }

    /// <summary>False for downloads, whose body may be anything but a web page.</summary>
    public bool ExpectsJson { get; init; } = true;

    /// <summary>How long the body is, about: what is made room for ahead, where the site doesn't tell.</summary>
    public int UsualBytes { get; init; } = 16 * 1024;

    /// <summary>Largest body that is read.</summary>
    public int MaxBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Looks into a successful answer before it counts as one; a fault found here is retried like one of the transport.</summary>
    public Func<ApiResponse, Rejection?> Inspect { get; init; } = JsonShape.Inspect;
}

/// <summary>Why a successful answer is not accepted, and whether asking again may help.</summary>
internal sealed record Rejection(ConnectWiseErrorCategory Category, string Message, RetryAdvice Advice);
