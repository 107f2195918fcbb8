using CrmSync.ConnectWise.Errors;

namespace CrmSync.ConnectWise.Http;

/// <summary>A complete successful answer. Its bytes are valid until it is disposed, which whoever looks at them last does.</summary>
internal sealed record ApiResponse : IDisposable
{
    public required int Status { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What the body's bytes are taken from; null where they are nobody else's.</summary>
    public IDisposable? Owner { get; init; }

    public string ContentType { get; init; } = "";

    public string FileName { get; init; } = "";

    public string? RequestId { get; init; }

    /// <summary>From the sending of the request to the last byte, without the wait for its turn.</summary>
    public TimeSpan Duration { get; init; }

    public void Dispose() => Owner?.Dispose();
}

/// <summary>The outcome of a call: an answer or an error, never both.</summary>
internal readonly record struct ApiResult
{
    private ApiResult(ApiResponse? response, ConnectWiseError? error, RetryAdvice advice)
    {
        Response = response;
        Error = error;
        Advice = advice;
    }

    public ApiResponse? Response { get; }

    public ConnectWiseError? Error { get; }

    public RetryAdvice Advice { get; }

    public static ApiResult Ok(ApiResponse response) => new(response, null, RetryAdvice.Never);

    public static ApiResult Failed(ConnectWiseError error, RetryAdvice advice = RetryAdvice.Never) => new(null, error, advice);

    /// <summary>The answer, or the error as an exception.</summary>
    public ApiResponse OrThrow() => Response ?? throw Error!.ToException();
}
