using System.Text.Json;

namespace CrmSync.Scim.Client;

/// <summary>Makes an answer, or the fault that stands in its place, of what came back.</summary>
internal sealed class AnswerReader(ScimConnection connection, TimeProvider time)
{
    /// <summary>An error page longer than this says nothing more.</summary>
    private const int MostErrorBytes = 1024 * 1024;

    public async Task<ScimAnswer> ReadAsync(ScimCall call, HttpResponseMessage response, CancellationToken cancellation)
    {
        var most = response.IsSuccessStatusCode ? connection.MaxAnswerBytes : Math.Min(MostErrorBytes, connection.MaxAnswerBytes);
        var body = await AnswerBody.ReadAsync(response.Content, most, cancellation).ConfigureAwait(false);
        var type = response.Content.Headers.ContentType?.MediaType;
        return !response.IsSuccessStatusCode ? Refused(call, response, ErrorBody.Read(type, (body ?? default).Span))
            : body is not { } whole ? Faults.TooLarge()
            : type == "text/html" ? Faults.NotScim((int)response.StatusCode, "a web page", retryHelps: !call.Tentative)
            : Parse(response, whole);
    }

    /// <summary>The connection could not be made, or broke.</summary>
    public Fault Broken(Exception failure)
    {
        var why = Masked(failure.InnerException?.Message ?? failure.Message);
        var error = (failure as HttpRequestException)?.HttpRequestError;

        // Before there is a connection nothing was sent.
        return error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError
            ? Faults.Unreachable(why, maybeDone: false)
            : failure is HttpIOException or InvalidDataException || error == HttpRequestError.ResponseEnded ? Faults.Broken(why)
            : Faults.Unreachable(why, maybeDone: true);
    }

    private static ScimAnswer Parse(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return ScimAnswer.Of((int)response.StatusCode, null, response.Headers.ETag?.ToString());
        }

        try
        {
            return ScimAnswer.Of((int)response.StatusCode, ScimJson.Parse(body.Span), response.Headers.ETag?.ToString());
        }
        catch (JsonException damage)
        {
            // The exception's own text may hold a value; its place does not.
            return Faults.Broken($"It is no JSON at line {damage.LineNumber + 1}, byte {damage.BytePositionInLine + 1}.");
        }
    }

    private Fault Refused(ScimCall call, HttpResponseMessage response, ErrorBody error)
    {
        var status = (int)response.StatusCode;
        var words = Masked(error.Words);
        var pause = RetryAfter.Read(response.Headers, time.GetUtcNow());
        return status switch
        {
            >= 300 and < 400 => Faults.Moved(status),
            401 => Faults.Unauthorized(words),
            429 => Faults.Throttled(words, pause),
            500 when call.Tentative => Faults.Refused(status, error.ScimType, words),
            501 or 505 => Faults.Refused(status, error.ScimType, words),
            408 or >= 500 => Faults.Unavailable(status, words, pause),
            _ => Faults.Refused(status, error.ScimType, words),
        };
    }

    // A proxy's page or a careless server may well quote the request.
    private string Masked(string text) => ErrorBody.OneLine(text.Replace(connection.Token, "***", StringComparison.Ordinal));
}
