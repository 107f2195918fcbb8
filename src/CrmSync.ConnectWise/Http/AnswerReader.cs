using CrmSync.ConnectWise.Errors;

namespace CrmSync.ConnectWise.Http;

/// <summary>Makes an outcome of what came back, or of what did not.</summary>
internal sealed class AnswerReader(ConnectWiseConnection connection, TrafficCounter traffic, TimeProvider time)
{
    /// <summary>An error page longer than this says nothing more.</summary>
    private const int MostErrorBytes = 1024 * 1024;

    private readonly SecretMask _mask = new(connection);

    /// <summary>Reads the answer to its last byte. What a successful one holds is not looked at yet: that is for <see cref="Inspect"/>.</summary>
    public async Task<ApiResult> ReadAsync(ApiCall call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await BodyReader.ReadAsync(
            response.Content, call.UsualBytes, response.IsSuccessStatusCode ? call.MaxBytes : MostErrorBytes, cancellation).ConfigureAwait(false);
        traffic.Received(body?.Memory.Length ?? 0);
        var requestId = Header(response, "x-cw-request-id");
        if (!response.IsSuccessStatusCode)
        {
            using var refusal = body;
            return Refused(call, response, body is null ? [] : body.Span, requestId);
        }

        if (body is null)
        {
            return Reject(call, (int)response.StatusCode, requestId,
                new Rejection(ConnectWiseErrorCategory.Inconsistent, "The answer is larger than allowed.", RetryAdvice.Never), Remedies.TooLarge);
        }

        return ApiResult.Ok(new ApiResponse
        {
            Status = (int)response.StatusCode,
            Body = body.Memory,
            Owner = body,
            ContentType = response.Content.Headers.ContentType?.MediaType ?? "",
            FileName = response.Content.Headers.ContentDisposition?.FileName?.Trim('"') ?? "",
            RequestId = requestId,
        });
    }

    /// <summary>Looks into a successful answer; the same result where there is nothing to object to.</summary>
    public ApiResult Inspect(ApiCall call, ApiResult result)
    {
        if (result.Response is not { } answer || call.Inspect(answer) is not { } rejection)
        {
            return result;
        }

        using (answer)
        {
            return Reject(call, answer.Status, answer.RequestId, rejection, RemedyOf(rejection.Category));
        }
    }

    /// <summary>No answer within the time allowed.</summary>
    public ApiResult TimedOut(ApiCall call) => Lost(call, new ConnectWiseError
    {
        Category = ConnectWiseErrorCategory.Unavailable,
        Code = ConnectWiseError.NoAnswerInTime,
        Message = $"No complete answer within {connection.RequestTimeout.TotalSeconds:0} seconds.",
        Remedy = Remedies.Slow,
        RetryHelps = true,
        Endpoint = call.Path,
    });

    /// <summary>The connection could not be made, or broke.</summary>
    public ApiResult Broken(ApiCall call, Exception failure)
    {
        var brokeInBody = failure is InvalidDataException or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded };
        return Lost(call, new ConnectWiseError
        {
            Category = brokeInBody ? ConnectWiseErrorCategory.Truncated : ConnectWiseErrorCategory.Unreachable,
            Code = failure is HttpRequestException { HttpRequestError: var kind } ? kind.ToString() : "ConnectionBroken",
            Message = _mask.Apply(failure.InnerException?.Message ?? failure.Message),
            Remedy = brokeInBody ? Remedies.Truncated : Remedies.Unreachable,
            RetryHelps = true,
            Endpoint = call.Path,
        });
    }

    private ApiResult Refused(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body, string? requestId)
    {
        var status = (int)response.StatusCode;
        TimeSpan? pause = null;
        if (status == 429)
        {
            traffic.Throttled();
            pause = RetryAfter.Read(response.Headers, time.GetUtcNow());
        }
        else if (status == 503 && response.Headers.NonValidated.Contains("Retry-After"))
        {
            pause = RetryAfter.Read(response.Headers, time.GetUtcNow());
        }

        var (error, advice) = ErrorClassifier.Classify(status, Masked(ErrorBody.Parse(body)), call.Path, requestId, pause);
        if (call.IsRead)
        {
            return ApiResult.Failed(error, advice);
        }

        // A write is refused for certain below 500 (408 apart); above, the record may have been written before the failure.
        return ApiResult.Failed(error with { OutcomeUnknown = status is 408 or >= 500 });
    }

    private ErrorBody Masked(ErrorBody body) => body with
    {
        Message = _mask.Apply(body.Message),
        Fields = [.. body.Fields.Select(f => f with { Message = _mask.Apply(f.Message) })],
    };

    private ApiResult Reject(ApiCall call, int status, string? requestId, Rejection rejection, string remedy)
    {
        var error = new ConnectWiseError
        {
            Category = rejection.Category,
            Code = rejection.Category.ToString(),
            Message = _mask.Apply(rejection.Message),
            Remedy = remedy,
            RetryHelps = rejection.Advice == RetryAdvice.WithBackoff,
            Status = status,
            Endpoint = call.Path,
            RequestId = requestId,
        };
        return call.IsRead ? ApiResult.Failed(error, rejection.Advice) : ApiResult.Failed(error with { OutcomeUnknown = true });
    }

    private static ApiResult Lost(ApiCall call, ConnectWiseError error) => call.IsRead
        ? ApiResult.Failed(error, RetryAdvice.WithBackoff)
        : ApiResult.Failed(error with { OutcomeUnknown = true, RetryHelps = false });

    private static string RemedyOf(ConnectWiseErrorCategory category) => category switch
    {
        ConnectWiseErrorCategory.NotConnectWise => Remedies.NotConnectWise,
        ConnectWiseErrorCategory.Truncated => Remedies.Truncated,
        _ => Remedies.Inconsistent,
    };

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
