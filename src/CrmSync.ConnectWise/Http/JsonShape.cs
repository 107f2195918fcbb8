using System.Text.Json;
using CrmSync.ConnectWise.Errors;

namespace CrmSync.ConnectWise.Http;

/// <summary>Tells complete JSON from what proxies, broken connections and log-in pages send with status 200.</summary>
internal static class JsonShape
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Accepts exactly one complete JSON value.</summary>
    public static Rejection? Inspect(ApiResponse response)
    {
        var body = Trim(response.Body.Span);
        if (RejectForeign(body, response.ContentType) is { } rejection)
        {
            return rejection;
        }

        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            reader.Skip();
            return reader.Read() ? Damaged() : null;
        }
        catch (JsonException)
        {
            return Damaged();
        }
    }

    /// <summary>Null when the body starts like JSON; otherwise why it cannot be the API's.</summary>
    public static Rejection? RejectForeign(ReadOnlySpan<byte> body, string contentType)
    {
        if (body.IsEmpty)
        {
            return new Rejection(ConnectWiseErrorCategory.Truncated, "The answer is empty.", RetryAdvice.WithBackoff);
        }

        var startsLikeJson = body[0] is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'n' or (byte)'t' or (byte)'f' or (byte)'-' or (>= (byte)'0' and <= (byte)'9');
        if (startsLikeJson && !contentType.Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var what = ErrorBody.Parse(body[..Math.Min(body.Length, 4096)]);
        return new Rejection(ConnectWiseErrorCategory.NotConnectWise, $"Expected JSON, got {(what.IsHtml ? what.Message : "other text")}.", RetryAdvice.WithBackoff);
    }

    public static Rejection Damaged() => new(ConnectWiseErrorCategory.Truncated, "The answer is incomplete or damaged JSON.", RetryAdvice.WithBackoff);

    /// <summary>Without byte-order mark and leading space.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> body)
    {
        body = body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
        return body.TrimStart(" \t\r\n"u8);
    }
}
