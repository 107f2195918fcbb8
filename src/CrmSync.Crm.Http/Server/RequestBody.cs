using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmSync.Crm.Http.Contract;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CrmSync.Crm.Http.Server;

/// <summary>A body that was read, or the answer that refuses it.</summary>
internal sealed class RequestBody<T>
    where T : class
{
    private readonly byte[] _bytes;

    private RequestBody(T? value, byte[] bytes, IResult? refused) => (Value, _bytes, Refused) = (value, bytes, refused);

    /// <summary>The value; null where it was refused.</summary>
    public T? Value { get; }

    /// <summary>The answer; null where the body is right.</summary>
    public IResult? Refused { get; }

    /// <summary>Reads a body strictly: JSON in UTF-8 up to the limit, nothing unknown, nothing missing, no list too long.</summary>
    /// <param name="request">The call.</param>
    /// <param name="items">The list in it.</param>
    /// <param name="most">Most items on the list.</param>
    public static async Task<RequestBody<T>> ReadAsync<TItem>(HttpRequest request, Func<T, IReadOnlyList<TItem>> items, int most)
    {
        if (request.ContentLength > ServerLimits.BodyBytes || await ReadBytesAsync(request).ConfigureAwait(false) is not { } bytes)
        {
            return Refuse(Problems.OfStatus(StatusCodes.Status413PayloadTooLarge));
        }

        if (!IsJson(request.ContentType))
        {
            return Refuse(Problems.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        T value;
        try
        {
            value = JsonSerializer.Deserialize<T>(bytes, ContractJson.Strict) ?? throw new JsonException();
        }
        catch (JsonException fault)
        {
            return Refuse(Fault(bytes, fault));
        }

        var list = items(value);
        return list.Count > most
            ? Refuse(Problems.Invalid("batch-too-large", $"The list has {list.Count} items; {most} are the most.", "Send them in several calls.", "batchSize"))
            : list.Any(item => item is null)
                ? Refuse(Problems.Invalid("body-invalid", "An item on the list is null.", "Leave it out."))
                : new RequestBody<T>(value, bytes, null);
    }

    /// <summary>A digest of the body and of what it is sent to.</summary>
    public string Digest(string target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(target));
        hash.AppendData("\n"u8);
        hash.AppendData(_bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static RequestBody<T> Refuse(IResult refused) => new(null, [], refused);

    // The exception's own text may hold a value; its place does not.
    private static IResult Fault(byte[] bytes, JsonException fault)
    {
        var place = $"line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1}";
        return IsWhole(bytes)
            ? Problems.Invalid("body-invalid", $"The body is not as the contract describes it, at {place}.", "Send what the contract describes.", fault.Path)
            : Problems.Invalid("json-malformed", $"The body is no JSON: it breaks off or goes wrong at {place}.",
                "Correct the JSON at this place.", fault.Path);
    }

    private static bool IsWhole(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    // The limit holds for bodies without a declared length too, and in hosts other than Kestrel.
    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request)
    {
        using var content = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > ServerLimits.BodyBytes)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
