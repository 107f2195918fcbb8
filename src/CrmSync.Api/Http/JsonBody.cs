using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Api.Problems;
using CrmSync.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrmSync.Api.Http;

/// <summary>A body that was read, or the answer that refuses it.</summary>
/// <param name="Value">The value; null where there was no body, or it was refused.</param>
/// <param name="Refused">The answer; null where the body is right.</param>
internal sealed record Body<T>(T? Value, ProblemResult? Refused)
    where T : class;

/// <summary>Reads bodies strictly: JSON in UTF-8 only, no member unknown or twice, every fault named by its place.</summary>
internal static class JsonBody
{
    public const int LargestBytes = 1024 * 1024;

    private static readonly JsonSerializerOptions Strict = MakeStrict();

    /// <summary>Reads a body that must be there.</summary>
    public static async Task<Body<T>> ReadAsync<T>(HttpRequest request)
        where T : class
    {
        var body = await ReadOptionalAsync<T>(request).ConfigureAwait(false);
        return body.Value is null && body.Refused is null
            ? Refuse<T>(new Refusal(RefusalKind.Invalid, "body-missing", "The call has no body.", "Send the values as JSON."))
            : body;
    }

    /// <summary>Reads a body that may be left out.</summary>
    public static async Task<Body<T>> ReadOptionalAsync<T>(HttpRequest request)
        where T : class
    {
        if (request.ContentLength > LargestBytes)
        {
            return new Body<T>(null, ApiProblems.OfStatus(StatusCodes.Status413PayloadTooLarge));
        }

        var bytes = await ReadBytesAsync(request).ConfigureAwait(false);
        if (bytes is null)
        {
            return new Body<T>(null, ApiProblems.OfStatus(StatusCodes.Status413PayloadTooLarge));
        }

        if (bytes.Length == 0)
        {
            return new Body<T>(null, null);
        }

        return IsJson(request.ContentType) ? Parse<T>(bytes) : new Body<T>(null, ApiProblems.OfStatus(StatusCodes.Status415UnsupportedMediaType));
    }

    private static Body<T> Parse<T>(byte[] bytes)
        where T : class
    {
        if (JsonScan.FindFault(bytes) is { } fault)
        {
            return Refuse<T>(Malformed(fault));
        }

        using var document = JsonDocument.Parse(bytes);
        var problems = JsonShape.Check(document.RootElement, Strict.GetTypeInfo(typeof(T)), string.Empty).ToList();
        if (problems.Count > 0)
        {
            var first = problems[0];
            return Refuse<T>(new Refusal(RefusalKind.Invalid, first.Code, first.Message, "Send the body as /api/openapi.json describes it.")
            {
                Field = first.Pointer,
                Details = problems.GroupBy(problem => problem.Pointer.Length == 0 ? "/" : problem.Pointer)
                    .ToDictionary(group => group.Key, group => group.First().Message),
            });
        }

        return new Body<T>(document.RootElement.Deserialize<T>(Strict), null);
    }

    private static Refusal Malformed(MalformedAt fault) => new(
        RefusalKind.Invalid, "json-malformed",
        $"The body is no JSON: it breaks off or goes wrong at line {fault.Line}, byte {fault.Position}"
            + $"{(fault.Pointer.Length == 0 ? "" : $", in {fault.Pointer}")}.",
        "Correct the JSON at this place.")
    {
        Field = fault.Pointer,
        Details = new Dictionary<string, string>
        {
            ["line"] = fault.Line.ToString(CultureInfo.InvariantCulture),
            ["position"] = fault.Position.ToString(CultureInfo.InvariantCulture),
        },
    };

    private static Body<T> Refuse<T>(Refusal refusal)
        where T : class => new(null, ApiProblems.Of(refusal));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // The limit holds for bodies without a declared length too, and in hosts other than Kestrel.
    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request)
    {
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > LargestBytes)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static JsonSerializerOptions MakeStrict()
    {
        var options = new JsonSerializerOptions(CoreJson.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
        };
        options.MakeReadOnly();
        return options;
    }
}
