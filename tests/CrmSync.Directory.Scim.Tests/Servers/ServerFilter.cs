using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>Filters of a server: an attribute, its part or an extension's attribute, eq, and a text. Written apart from the client's.</summary>
internal static partial class ServerFilter
{
    /// <summary>The attribute and the text; null for any other filter.</summary>
    public static (string Attribute, string Value)? Parse(string filter)
    {
        var match = Simple().Match(filter);
        try
        {
            return match.Success ? (match.Groups[1].Value, JsonSerializer.Deserialize<string>(match.Groups[2].Value)!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool Matches(JsonObject user, string attribute, string value, bool exact)
    {
        var node = attribute.Contains(':', StringComparison.Ordinal)
            ? user[attribute[..attribute.LastIndexOf(':')]]?[attribute[(attribute.LastIndexOf(':') + 1)..]]
            : user[attribute.Split('.')[0]];
        var isName = attribute is "userName" or "emails.value";
        var comparison = isName && !exact ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return node is JsonArray several
            ? several.Any(element => string.Equals(ScimJson.Text(element is JsonObject ? element["value"] : element), value, comparison))
            : string.Equals(ScimJson.Text(node), value, comparison);
    }

    /// <summary>The elements of several values that a path picks.</summary>
    public static List<JsonObject> Pick(JsonArray several, PathFilter filter) =>
        [.. several.OfType<JsonObject>().Where(element => ScimJson.Text(element[filter.Attribute]) == filter.Value)];

    [GeneratedRegex("""^(urn:[^\s"\[\]]+:\w+|\w+(?:\.\w+)?) eq ("(?:[^"\\]|\\.)*")$""", RegexOptions.CultureInvariant)]
    private static partial Regex Simple();
}
