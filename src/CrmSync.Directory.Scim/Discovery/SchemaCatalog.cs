using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Discovery;

/// <summary>What is known of an attribute.</summary>
internal sealed record SchemaAttribute
{
    /// <summary>Its type in lower case: "string", "boolean", "dateTime" as "datetime", …</summary>
    public string Type { get; init; } = "string";

    /// <summary>Whether it has several values.</summary>
    public bool MultiValued { get; init; }

    /// <summary>Whether it can be written.</summary>
    public bool Writable { get; init; } = true;

    /// <summary>The values it takes; empty for any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>The schemas of a directory's users. A directory that tells none is taken to have what it is asked for: reading back shows what it keeps.</summary>
internal sealed class SchemaCatalog
{
    private readonly Dictionary<string, JsonArray> _attributes;
    private readonly HashSet<string> _extensions;
    private readonly bool _complete;

    private SchemaCatalog(Dictionary<string, JsonArray> attributes, IEnumerable<string> extensions, bool complete) =>
        (_attributes, _extensions, _complete) = (attributes, extensions.ToHashSet(StringComparer.OrdinalIgnoreCase), complete);

    /// <summary>Nothing is known.</summary>
    public static SchemaCatalog Unknown { get; } = new(new(StringComparer.OrdinalIgnoreCase), [], complete: false);

    /// <summary>Reads the answer to /Schemas, a list or a bare array, and adds the extensions that the resource type names.</summary>
    public static SchemaCatalog Read(JsonNode? schemas, IEnumerable<string> extensions)
    {
        var resources = schemas as JsonArray ?? (schemas as JsonObject)?["Resources"] as JsonArray;
        if (resources is null)
        {
            return new SchemaCatalog(new(StringComparer.OrdinalIgnoreCase), extensions, complete: false);
        }

        var attributes = new Dictionary<string, JsonArray>(StringComparer.OrdinalIgnoreCase);
        foreach (var schema in resources.OfType<JsonObject>())
        {
            if (ScimJson.Text(schema["id"]) is { } id)
            {
                attributes[id] = schema["attributes"] as JsonArray ?? [];
            }
        }

        var total = ScimJson.Number((schemas as JsonObject)?["totalResults"]);
        var complete = attributes.TryGetValue(ScimPath.CoreSchema, out var core) && core.Count > 0 && (total is null || total <= resources.Count);
        return new SchemaCatalog(attributes, extensions, complete);
    }

    /// <summary>Whether users have what a path names, and it can be written. True where nothing says otherwise.</summary>
    public bool Offers(ScimPath path)
    {
        if (!_attributes.TryGetValue(path.Schema ?? ScimPath.CoreSchema, out var attributes))
        {
            return !_complete || (path.Schema is not null && _extensions.Contains(path.Schema));
        }

        if (attributes.Count == 0)
        {
            return true;
        }

        return Named(attributes, path.Attribute) is { } attribute && Attribute(attribute).Writable
            && (path.Sub is null || attribute["subAttributes"] is not JsonArray { Count: > 0 } parts
                || (Named(parts, path.Sub) is { } part && Attribute(part).Writable));
    }

    /// <summary>What is known of the value at a path; the usual where nothing is.</summary>
    public SchemaAttribute Find(ScimPath path)
    {
        if (!_attributes.TryGetValue(path.Schema ?? ScimPath.CoreSchema, out var attributes) || Named(attributes, path.Attribute) is not { } attribute)
        {
            return new SchemaAttribute();
        }

        return path.Sub is null ? Attribute(attribute)
            : attribute["subAttributes"] is JsonArray parts && Named(parts, path.Sub) is { } part ? Attribute(part)
            : new SchemaAttribute();
    }

    private static JsonObject? Named(JsonArray attributes, string name) => attributes.OfType<JsonObject>()
        .FirstOrDefault(attribute => string.Equals(ScimJson.Text(attribute["name"]), name, StringComparison.OrdinalIgnoreCase));

    private static SchemaAttribute Attribute(JsonObject attribute) => new()
    {
        Type = (ScimJson.Text(attribute["type"]) ?? "string").ToLowerInvariant(),
        MultiValued = ScimJson.Flag(attribute["multiValued"]) == true,
        Writable = !string.Equals(ScimJson.Text(attribute["mutability"]), "readOnly", StringComparison.OrdinalIgnoreCase),
        Values = [.. (attribute["canonicalValues"] as JsonArray)?.Select(ScimJson.Text).OfType<string>() ?? []],
    };
}
