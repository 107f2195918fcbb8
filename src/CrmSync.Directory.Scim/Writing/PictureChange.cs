using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Writing;

/// <summary>The address of a picture within a user. Pure.</summary>
internal static class PictureChange
{
    /// <summary>What gives a user this picture's address, or takes it away for null; nothing where it is so already.</summary>
    public static IReadOnlyList<PathChange> Of(JsonObject user, string? address) =>
        Address(user) == address ? [] : [new(FieldTargets.Photo, address is null ? null : JsonValue.Create(address))];

    /// <summary>The address as the user holds it.</summary>
    public static FieldValues Stored(JsonObject user) => new(1) { [FieldKeys.Picture] = Address(user) };

    private static string? Address(JsonObject user) => ScimJson.Text(PathAccess.Read(user, FieldTargets.Photo));
}
