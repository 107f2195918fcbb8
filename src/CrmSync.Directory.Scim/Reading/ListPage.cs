using System.Text.Json.Nodes;
using CrmSync.Scim.Client;

namespace CrmSync.Scim.Reading;

/// <summary>One page of users.</summary>
/// <param name="Users">The users.</param>
/// <param name="Total">How many there are in all; null where the directory does not say.</param>
/// <param name="NextCursor">Where the next page begins; null for none.</param>
internal sealed record ListPage(IReadOnlyList<JsonObject> Users, int? Total, string? NextCursor)
{
    /// <summary>Reads a page; null where the body is none.</summary>
    public static ListPage? Read(JsonNode? body)
    {
        if (body is not JsonObject list)
        {
            return null;
        }

        var (resources, total) = (list["Resources"], ScimJson.Number(list["totalResults"]));

        // An empty page may come without its list, and then says how many there are, or at least what it is.
        return resources is JsonArray users ? new ListPage([.. users.OfType<JsonObject>()], total, Cursor(list))
            : total is not null || list["schemas"] is JsonArray ? new ListPage([], total, Cursor(list))
            : null;
    }

    private static string? Cursor(JsonObject list) => ScimJson.Text(list["nextCursor"]) is { Length: > 0 } cursor ? cursor : null;
}
