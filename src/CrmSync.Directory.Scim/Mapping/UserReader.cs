using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Mapping;

/// <summary>Reads an employee out of a user. Pure.</summary>
internal sealed class UserReader(FieldTargets targets)
{
    /// <summary>The id that the directory has given a user; null where it shows none.</summary>
    public static CrmId? Id(JsonObject? user) => ScimJson.Text(user?["id"]) is { Length: > 0 } id ? new CrmId(id) : null;

    public static string? ExternalId(JsonObject user) => ScimJson.Text(user["externalId"]) is { Length: > 0 } key ? key : null;

    public static string? UserName(JsonObject user) => ScimJson.Text(user[FieldTargets.UserName]) is { Length: > 0 } name ? name : null;

    /// <summary>The version of a user: its own, or the one that came with the answer.</summary>
    public static string? Version(JsonObject user, string? header) => ScimJson.Text((user["meta"] as JsonObject)?["version"]) ?? header;

    /// <summary>The employee with all fields that have a place, blank or not; null for a user without an id.</summary>
    public CrmRecord? Read(JsonObject user)
    {
        if (Id(user) is not { } id)
        {
            return null;
        }

        var fields = new FieldValues(targets.Fields.Count);
        foreach (var target in targets.All)
        {
            fields.Add(target.Key, Value(user, target));
        }

        return new CrmRecord { Id = id, ExternalKey = ExternalId(user), UpdatedAt = UpdatedAt(user), Fields = fields };
    }

    /// <summary>The value of a field.</summary>
    public string? Value(JsonObject user, FieldTarget target) => target.Key switch
    {
        FieldKeys.Email => Email(user),
        FieldKeys.EmployeeIds => EmployeeIds(user, target),

        // Who is not marked inactive can log in.
        FieldKeys.Active => ScimJson.Flag(PathAccess.Read(user, target.Path)) == false ? "false" : "true",
        _ => target.FromNode(PathAccess.Read(user, target.Path)),
    };

    /// <summary>The e-mail address: where it is written, or the primary one, or the name to log in with if it is an address.</summary>
    public string? Email(JsonObject user)
    {
        var target = targets.Find(FieldKeys.Email)!;
        if (target.FromNode(PathAccess.Read(user, target.Path)) is { } written)
        {
            return written;
        }

        var other = user["emails"] is JsonArray emails && PathAccess.Foremost(emails) is { } email ? ScimJson.Text(email["value"]) : null;
        return !string.IsNullOrWhiteSpace(other) ? other
            : targets.NamesFromEmail && UserName(user) is { } name && name.Contains('@', StringComparison.Ordinal) ? name
            : null;
    }

    // As they stand: case, spaces and special characters count, and nothing that stands elsewhere is an id (EM-5).
    private static string? EmployeeIds(JsonObject user, FieldTarget target) =>
        string.Join('\n', FieldTarget.Values(PathAccess.Read(user, target.Path)).Distinct(StringComparer.Ordinal)) is { Length: > 0 } ids ? ids : null;

    // In whole seconds, as ConnectWise's is, so that the two can be compared (ME-1).
    private static DateTimeOffset? UpdatedAt(JsonObject user) =>
        DateTimeOffset.TryParse(
            ScimJson.Text((user["meta"] as JsonObject)?["lastModified"]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds())
            : null;
}
