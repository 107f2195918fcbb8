using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Scim.Client;

/// <summary>How SCIM's JSON is read and written. Attribute names count without case (RFC 7643, 2.1).</summary>
internal static class ScimJson
{
    public static readonly JsonNodeOptions Nodes = new() { PropertyNameCaseInsensitive = true };

    private static readonly JsonDocumentOptions Documents = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The node of a JSON text; null for the JSON null.</summary>
    /// <exception cref="JsonException">It is no JSON, or names an attribute twice.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> json) => JsonNode.Parse(json, Nodes, Documents);

    public static byte[] Write(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, Writing);

    /// <summary>An empty object that counts names without case.</summary>
    public static JsonObject Object() => new(Nodes);

    /// <summary>The text of a node: texts, numbers and truth values as they are written; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value
        ? value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.ToJsonString(),
            _ => null,
        }
        : null;

    /// <summary>A truth value, also where it is written as text.</summary>
    public static bool? Flag(JsonNode? node) => bool.TryParse(Text(node), out var flag) ? flag : null;

    /// <summary>A whole number, also where it is written as text.</summary>
    public static int? Number(JsonNode? node) =>
        int.TryParse(Text(node), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
