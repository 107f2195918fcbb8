using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Scim.Client;

/// <summary>
/// What directories put into the body of an error: SCIM's own error with a status that is text or number, SCIM 1.1's list, a problem document, a web
/// page, plain text, or nothing. Total: any bytes give an answer.
/// </summary>
/// <param name="ScimType">SCIM's word for the kind of error; null where none is given.</param>
/// <param name="Words">What it says, on one line.</param>
/// <param name="Status">The status that the body names; null for none.</param>
internal sealed record ErrorBody(string? ScimType, string Words, int? Status)
{
    private const int LongestText = 400;
    private const string Silence = "without words";

    public static ErrorBody Read(string? mediaType, ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).Trim('\ufeff', ' ', '\r', '\n', '\t');
        if (text.Length == 0)
        {
            return new ErrorBody(null, Silence, null);
        }

        if (text[0] is '{' or '[' && Parse(text) is { } json)
        {
            return OfJson(json);
        }

        // A page is for eyes; a stack trace says enough in its first line.
        return mediaType == "text/html" || text[0] == '<'
            ? new ErrorBody(null, "a web page", null)
            : new ErrorBody(null, OneLine(text.Split('\n')[0]), null);
    }

    /// <summary>A text on one line, of bounded length.</summary>
    public static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText), "…");
    }

    private static ErrorBody OfJson(JsonNode json)
    {
        var error = json as JsonObject ?? (json as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        if (error?["errors"] is JsonArray { Count: > 0 } errors && errors[0] is JsonObject first)
        {
            error = first;
        }

        if (error is null)
        {
            return new ErrorBody(null, Silence, null);
        }

        var type = Text(error["scimType"]);
        var words = Text(error["detail"]) ?? Text(error["description"]) ?? Text(error["title"]) ?? Text(error["message"]);
        var named = Text(error["status"]) ?? Text(error["code"]);
        var status = int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new ErrorBody(type, OneLine(string.Join(": ", new[] { type, words }.OfType<string>()) is { Length: > 0 } both ? both : Silence), status);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        }
        : null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return ScimJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
