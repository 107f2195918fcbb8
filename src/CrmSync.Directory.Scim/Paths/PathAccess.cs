using System.Text.Json.Nodes;
using CrmSync.Scim.Client;

namespace CrmSync.Scim.Paths;

/// <summary>Reads and sets what a path names within a user.</summary>
internal static class PathAccess
{
    /// <summary>What stands at a path; null for nothing.</summary>
    public static JsonNode? Read(JsonObject user, ScimPath path)
    {
        var node = (path.Schema is null ? user : user[path.Schema] as JsonObject)?[path.Attribute];
        if (path.Filter is { } filter)
        {
            return (node as JsonArray)?.OfType<JsonObject>().FirstOrDefault(element => Picks(filter, element))?[path.Sub!];
        }

        return path.Sub is null ? node
            : node is JsonArray several ? Foremost(several)?[path.Sub]
            : (node as JsonObject)?[path.Sub];
    }

    /// <summary>Whether there is a value that the path's filter picks.</summary>
    public static bool HasElement(JsonObject user, ScimPath path) =>
        (path.Schema is null ? user : user[path.Schema] as JsonObject)?[path.Attribute] is JsonArray several
        && several.OfType<JsonObject>().Any(element => Picks(path.Filter!, element));

    /// <summary>Puts a value at a path, making what is missing on the way; null takes it away.</summary>
    public static void Write(JsonObject user, ScimPath path, JsonNode? value)
    {
        if (Container(user, path.Schema, make: value is not null) is not { } container)
        {
            return;
        }

        if (path.Filter is { } filter)
        {
            WriteElement(container, path, filter, value);
        }
        else if (path.Sub is null)
        {
            Set(container, path.Attribute, value);
        }
        else if (container[path.Attribute] is JsonObject part)
        {
            Set(part, path.Sub, value);
        }
        else if (value is not null)
        {
            var made = ScimJson.Object();
            made[path.Sub] = value;
            container[path.Attribute] = made;
        }
    }

    /// <summary>A new value of an attribute that has several, as the path's filter picks it.</summary>
    public static JsonObject Element(ScimPath path, JsonNode value)
    {
        var element = ScimJson.Object();
        element[path.Filter!.Attribute] = path.Filter.IsFlag ? JsonValue.Create(path.Filter.Value == "true") : JsonValue.Create(path.Filter.Value);
        element[path.Sub!] = value;
        return element;
    }

    /// <summary>The primary one of several values, or the first.</summary>
    public static JsonObject? Foremost(JsonArray several)
    {
        var elements = several.OfType<JsonObject>().ToList();
        return elements.Find(element => ScimJson.Flag(element["primary"]) == true) ?? elements.FirstOrDefault();
    }

    private static void WriteElement(JsonObject container, ScimPath path, PathFilter filter, JsonNode? value)
    {
        if (container[path.Attribute] is not JsonArray several)
        {
            if (value is null)
            {
                return;
            }

            several = new JsonArray(ScimJson.Nodes);
            container[path.Attribute] = several;
        }

        if (several.OfType<JsonObject>().FirstOrDefault(element => Picks(filter, element)) is not { } picked)
        {
            if (value is not null)
            {
                several.Add((JsonNode)Element(path, value));
            }
        }
        else if (value is null && path.Sub == "value")
        {
            several.Remove(picked);
        }
        else
        {
            Set(picked, path.Sub!, value);
        }
    }

    private static JsonObject? Container(JsonObject user, string? schema, bool make)
    {
        if (schema is null)
        {
            return user;
        }

        if (user[schema] is JsonObject there || !make)
        {
            return user[schema] as JsonObject;
        }

        there = ScimJson.Object();
        user[schema] = there;
        return there;
    }

    private static void Set(JsonObject container, string name, JsonNode? value)
    {
        if (value is null)
        {
            container.Remove(name);
        }
        else
        {
            container[name] = value;
        }
    }

    // Texts of types and kinds are compared without case, as directories do.
    private static bool Picks(PathFilter filter, JsonObject element) =>
        string.Equals(ScimJson.Text(element[filter.Attribute]), filter.Value, StringComparison.OrdinalIgnoreCase);
}
