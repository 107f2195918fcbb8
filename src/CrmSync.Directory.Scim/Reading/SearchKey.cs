using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Reading;

/// <summary>By what a user is looked for.</summary>
internal enum SearchAttribute
{
    ExternalId,
    UserName,
    Email,
    EmployeeId,
}

/// <summary>A value that a user may carry.</summary>
internal readonly record struct SearchKey(SearchAttribute Attribute, string Value)
{
    /// <summary>All under which an employee may be found; names also in lower case, as not every directory compares them without.</summary>
    public static IReadOnlyList<SearchKey> Of(string? externalKey, string? email, IEnumerable<string> employeeIds)
    {
        var keys = new List<SearchKey>();
        if (!string.IsNullOrEmpty(externalKey))
        {
            keys.Add(new(SearchAttribute.ExternalId, externalKey));
        }

        keys.AddRange(employeeIds.Where(id => id.Length > 0).Select(id => new SearchKey(SearchAttribute.EmployeeId, id)));
        if (!string.IsNullOrEmpty(email))
        {
            keys.AddRange(Names(email));
            keys.Add(new(SearchAttribute.Email, email));
        }

        return [.. keys.Distinct()];
    }

    /// <summary>A name to log in with, as it is and in lower case.</summary>
    public static IEnumerable<SearchKey> Names(string userName) =>
        new[] { userName, userName.ToLowerInvariant() }.Distinct().Select(name => new SearchKey(SearchAttribute.UserName, name));

    /// <summary>The attribute as a filter names it; null where it cannot be named in one.</summary>
    public static string? FilterName(SearchAttribute attribute, FieldTargets targets) => attribute switch
    {
        SearchAttribute.ExternalId => "externalId",
        SearchAttribute.UserName => FieldTargets.UserName,
        SearchAttribute.Email => Name(targets.Find(FieldKeys.Email)?.Path),
        SearchAttribute.EmployeeId => Name(targets.Find(FieldKeys.EmployeeIds)?.Path),
    };

    /// <summary>The value that a user carries; null for none.</summary>
    public static string? ValueOf(JsonObject user, SearchAttribute attribute, UserMap map) => attribute switch
    {
        SearchAttribute.ExternalId => UserReader.ExternalId(user),
        SearchAttribute.UserName => UserReader.UserName(user),
        SearchAttribute.Email => map.Targets.Find(FieldKeys.Email) is { } target ? target.FromNode(PathAccess.Read(user, target.Path)) : null,
        SearchAttribute.EmployeeId => map.Targets.Find(FieldKeys.EmployeeIds) is { } target
            && FieldTarget.Values(PathAccess.Read(user, target.Path)) is [var first, ..] ? first : null,
    };

    /// <summary>Whether a user carries the value. Coarser than equality where directories are: case does not count for names and addresses.</summary>
    public bool Matches(JsonObject user, FieldTargets targets, UserReader reader)
    {
        var value = Value;
        return Attribute switch
        {
            SearchAttribute.ExternalId => UserReader.ExternalId(user) == value,
            SearchAttribute.UserName => Same(UserReader.UserName(user)),
            SearchAttribute.Email => Same(reader.Email(user))
                || (user["emails"] is JsonArray emails && emails.OfType<JsonObject>().Any(email => Same(ScimJson.Text(email["value"])))),
            SearchAttribute.EmployeeId => targets.Find(FieldKeys.EmployeeIds) is { } target && FieldTarget.Values(PathAccess.Read(user, target.Path)).Any(Same),
        };

        bool Same(string? other) => string.Equals(other, value, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Name(ScimPath? path) => path is null ? null : path.Sub is null ? path.AttributeText : $"{path.AttributeText}.{path.Sub}";
}
