using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CrmSync.Simulator.Http;

/// <summary>A whole answer, made before its first byte is sent, so that faults can cut it anywhere.</summary>
internal sealed record ApiAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public const string Json = "application/json; charset=utf-8";
    public const string Html = "text/html; charset=utf-8";

    /// <summary>The <c>Link</c> header; an empty one is sent, a missing one is not.</summary>
    public string? Link { get; init; }

    public string? Disposition { get; init; }

    public int? RetryAfter { get; init; }

    /// <summary>The reason phrase, where ConnectWise sends an unusual one.</summary>
    public string? Reason { get; init; }

    /// <summary>The buffer to hand back once the body is sent.</summary>
    public ArrayBufferWriter<byte>? Rented { get; init; }

    public static ApiAnswer Text(int status, string text, string contentType = "text/plain; charset=utf-8") =>
        new(status, contentType, Encoding.UTF8.GetBytes(text));

    /// <summary>ConnectWise's error body; <c>errors</c> is null unless details are given.</summary>
    public static ApiAnswer Error(int status, string code, string message, params ErrorDetail[] details) => new(
        status,
        Json,
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                code,
                message,
                errors = details.Length == 0 ? null
                : System.Array.ConvertAll(details, d => new { code = d.Code, message = d.Message, resource = d.Resource, field = d.Field })
            },
            JsonOptions.Relaxed));

    public static ApiAnswer NoEndpoint() => Error(404, "ConnectWiseApi", "The endpoint does not exist.");

    public static ApiAnswer NotFound(string title, int id) => Error(404, "NotFound", $"{title} {id} not found");

    public static ApiAnswer Forbidden() => Error(403, "Security", "You do not have security permission to perform this action.");

    public static ApiAnswer CannotRoute() => Text(400, "Cannot route. Codebase/company is invalid");

    /// <summary>400 about one parameter or member.</summary>
    public static ApiAnswer Invalid(string what, string code, string message) =>
        Error(400, "InvalidObject", $"{what} object is invalid", new ErrorDetail(code, message, what, what));
}

/// <summary>One entry of an error body's <c>errors</c>.</summary>
internal sealed record ErrorDetail(string Code, string Message, string Resource, string Field);
