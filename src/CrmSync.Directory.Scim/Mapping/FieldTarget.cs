using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Mapping;

/// <summary>One field's place, and the form that its values have there.</summary>
/// <param name="Key">The field.</param>
/// <param name="Path">The place.</param>
/// <param name="Attribute">What the directory says about it.</param>
internal sealed record FieldTarget(string Key, ScimPath Path, SchemaAttribute Attribute)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Whether all values of a list stand there, and not only the first.</summary>
    public bool IsList => Attribute.MultiValued && Path is { Filter: null, Sub: null };

    /// <summary>The node for a value; null for a blank one.</summary>
    public JsonNode? ToNode(string? value) => value is null ? null : Attribute.Type switch
    {
        "boolean" when bool.TryParse(value, out var flag) => JsonValue.Create(flag),
        _ when Key == FieldKeys.Active => JsonValue.Create(bool.TryParse(value, out var flag) && flag),
        "integer" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        "decimal" when decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        "datetime" when Key == FieldKeys.HireDate => JsonValue.Create($"{value}T00:00:00Z"),
        _ when IsList => new JsonArray(ScimJson.Nodes, [.. Canonical.Lines(value).Select(line => (JsonNode)JsonValue.Create(line))]),
        _ => JsonValue.Create(value),
    };

    /// <summary>The values that stand at a node, blanks left out; one at most where it is no list.</summary>
    public static IReadOnlyList<string> Values(JsonNode? node) => node switch
    {
        JsonArray several => [.. several.Select(Single).OfType<string>()],
        _ => Single(node) is { } value ? [value] : [],
    };

    /// <summary>The canonical text of what stands at a node; null for nothing.</summary>
    public string? FromNode(JsonNode? node)
    {
        var value = Values(node) is [var first, ..] ? first : null;
        return Key switch
        {
            // A day in a field for instants stands at its beginning, whatever the offset says.
            FieldKeys.HireDate => value is { Length: >= 10 }
                && DateOnly.TryParseExact(value.AsSpan(0, 10), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? value[..10]
                : Canonical.Text(value),
            FieldKeys.Email => value,
            _ => Canonical.Text(value),
        };
    }

    private static string? Single(JsonNode? node) =>
        ScimJson.Text(node is JsonObject complex ? complex["value"] : node) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
