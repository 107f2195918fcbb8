using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Mapping;

/// <summary>A value to set within a user.</summary>
/// <param name="Path">Where.</param>
/// <param name="Value">What; null to take it away.</param>
internal sealed record PathChange(ScimPath Path, JsonNode? Value);

/// <summary>Makes requests of changes. Pure.</summary>
internal static class ChangeRequests
{
    private const string PatchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private static readonly string[] ServersOwn = ["meta", "groups", "password"];

    /// <summary>A PATCH with one operation for each path, in lower case: what most directories understand.</summary>
    /// <param name="user">The user as it stands: a value that is not there is added, as replacing it would find no target.</param>
    /// <param name="changes">The changes.</param>
    public static JsonObject Patch(JsonObject user, IEnumerable<PathChange> changes) => new()
    {
        ["schemas"] = new JsonArray(PatchSchema),
        ["Operations"] = new JsonArray([.. changes.Select(change => (JsonNode)Operation(user, change))]),
    };

    /// <summary>The whole user with the changes, for a directory that replaces users only.</summary>
    public static JsonObject Put(JsonObject user, IEnumerable<PathChange> changes)
    {
        var whole = (JsonObject)ScimJson.Parse(ScimJson.Write(user))!;
        foreach (var change in changes)
        {
            PathAccess.Write(whole, change.Path, change.Value?.DeepClone());
        }

        foreach (var name in ServersOwn)
        {
            whole.Remove(name);
        }

        NameSchemas(whole);
        return whole;
    }

    /// <summary>Lists the core schema and every extension that the user holds data of.</summary>
    public static void NameSchemas(JsonObject user)
    {
        var used = user.Select(member => member.Key).Where(name => name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase));
        var named = (user["schemas"] as JsonArray)?.Select(ScimJson.Text).OfType<string>() ?? [];
        var all = named.Prepend(ScimPath.CoreSchema).Concat(used).Distinct(StringComparer.OrdinalIgnoreCase);
        user["schemas"] = new JsonArray([.. all.Select(name => (JsonNode)JsonValue.Create(name))]);
    }

    private static JsonObject Operation(JsonObject user, PathChange change)
    {
        var path = change.Path;
        if (change.Value is null)
        {
            return new JsonObject { ["op"] = "remove", ["path"] = path is { Filter: not null, Sub: "value" } ? path.ElementText : path.ToString() };
        }

        if (path.Filter is not null && !PathAccess.HasElement(user, path))
        {
            var element = PathAccess.Element(path, change.Value.DeepClone());
            return new JsonObject { ["op"] = "add", ["path"] = path.AttributeText, ["value"] = new JsonArray(element) };
        }

        return new JsonObject { ["op"] = "replace", ["path"] = path.ToString(), ["value"] = change.Value.DeepClone() };
    }
}
