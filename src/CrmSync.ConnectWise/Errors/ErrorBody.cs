using System.Text;
using System.Text.Json;

namespace CrmSync.ConnectWise.Errors;

/// <summary>What an error answer says, whatever shape it came in: JSON, plain text, a web page, nothing.</summary>
internal sealed record ErrorBody
{
    private const int LongestText = 400;

    public required string Code { get; init; }

    public required string Message { get; init; }

    public IReadOnlyList<ConnectWiseFieldError> Fields { get; init; } = [];

    /// <summary>True when the body is JSON in the API's error form, so that the API itself and not a gateway has answered.</summary>
    public required bool FromApi { get; init; }

    public required bool IsHtml { get; init; }

    /// <summary>Reads a body; never throws. Text is put on one line and cut at 400 characters.</summary>
    public static ErrorBody Parse(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF').Trim();
        if (text.StartsWith('{') && TryParseJson(text, out var parsed))
        {
            return parsed;
        }

        var html = text.StartsWith('<');
        return new ErrorBody
        {
            Code = "",
            Message = html ? HtmlTitle(text) : OneLine(text),
            FromApi = false,
            IsHtml = html,
        };
    }

    private static bool TryParseJson(string text, out ErrorBody parsed)
    {
        try
        {
            // Bodies with bare CR and LF inside their strings are on record; JSON forbids them, so they are read as spaces.
            using var document = JsonDocument.Parse(new string([.. text.Select(c => c < ' ' ? ' ' : c)]));
            var root = document.RootElement;
            var code = Text(root, "code");
            parsed = new ErrorBody
            {
                // A 429 calls its code "error" (seen on api-na, 2026-08).
                Code = code.Length > 0 ? code : Text(root, "error"),
                Message = Text(root, "message"),
                Fields = Errors(root),
                FromApi = root.TryGetProperty("message", out _),
                IsHtml = false,
            };
            return true;
        }
        catch (JsonException)
        {
            parsed = new ErrorBody { Code = "", Message = OneLine(text), FromApi = false, IsHtml = false };
            return false;
        }
    }

    private static List<ConnectWiseFieldError> Errors(JsonElement root)
    {
        var fields = new List<ConnectWiseFieldError>();
        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            fields.AddRange(errors.EnumerateArray()
                .Where(e => e.ValueKind == JsonValueKind.Object)
                .Select(e => new ConnectWiseFieldError(Text(e, "code"), Text(e, "message"), Text(e, "field"), Text(e, "resource"))));
        }

        return fields;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? OneLine(value.GetString() ?? "") : "";

    private static string HtmlTitle(string html)
    {
        var start = html.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : html.IndexOf("</title>", start, StringComparison.OrdinalIgnoreCase);
        var title = end < 0 ? "" : OneLine(html[(start + "<title>".Length)..end]);
        return title.Length == 0 ? "a web page" : $"a web page titled \"{title}\"";
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : string.Concat(line.AsSpan(0, LongestText), "…");
    }
}
