using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Mapping;

/// <summary>Turns writes into users, and into changes of users. Pure.</summary>
internal sealed class UserWriter(FieldTargets targets, UserReader reader)
{
    private static readonly ScimPath DisplayNamePath = ScimPathParser.Parse("displayName");
    private static readonly ScimPath UserNamePath = ScimPathParser.Parse(FieldTargets.UserName);
    private static readonly ScimPath ExternalIdPath = ScimPathParser.Parse("externalId");

    /// <summary>The user that a create makes. Always with a name to show and a word on whether it is active, as directories guess differently.</summary>
    public JsonObject Body(CrmWrite write)
    {
        var user = ScimJson.Object();
        user["schemas"] = new JsonArray();
        if (write.ExternalKey is { } key)
        {
            user["externalId"] = key;
        }

        user[FieldTargets.UserName] = UserName(write.Fields);
        user["displayName"] = DisplayName(write.Fields[FieldKeys.FirstName], write.Fields[FieldKeys.LastName]) ?? UserName(write.Fields);
        foreach (var (field, value) in write.Fields)
        {
            var target = targets.Find(field)!;
            if (!IsImplied(target))
            {
                PathAccess.Write(user, target.Path, Node(target, value));
            }
        }

        user["active"] = write.Fields[FieldKeys.Active] != "false";
        if (user["emails"] is JsonArray { Count: 1 } emails && emails[0] is JsonObject only)
        {
            only["primary"] = true;
        }

        ChangeRequests.NameSchemas(user);
        return user;
    }

    /// <summary>The name to log in with that a create gives; null where the write holds none.</summary>
    public string? UserName(FieldValues fields)
    {
        var email = fields[FieldKeys.Email];
        return targets.NamesFromEmail ? email : Canonical.Lines(fields[FieldKeys.EmployeeIds]).FirstOrDefault(id => id != email) ?? email;
    }

    /// <summary>What a write changes in a user as it stands; nothing where all is there already.</summary>
    public List<PathChange> Changes(JsonObject user, CrmWrite write)
    {
        var changes = new List<PathChange>();
        if (write.ExternalKey is { } key && key != UserReader.ExternalId(user))
        {
            changes.Add(new(ExternalIdPath, JsonValue.Create(key)));
        }

        foreach (var (field, value) in write.Fields)
        {
            var target = targets.Find(field)!;
            if (field == FieldKeys.Profile && targets.ProfileOnlyAtCreation)
            {
                continue;
            }

            if (field == FieldKeys.Email)
            {
                ChangeEmail(changes, user, target, value!);
            }
            else if (!IsThere(user, target, value))
            {
                changes.Add(new(target.Path, Node(target, value)));
            }
        }

        ChangeDisplayName(changes, user, write.Fields);
        return changes;
    }

    /// <summary>The written fields as the user holds them.</summary>
    public FieldValues Stored(JsonObject user, FieldValues written)
    {
        var stored = new FieldValues(written.Count);
        foreach (var (field, _) in written)
        {
            stored.Add(field, reader.Value(user, targets.Find(field)!));
        }

        return stored;
    }

    /// <summary>The fields that a user does not hold as they were written.</summary>
    public IEnumerable<string> NotApplied(JsonObject user, FieldValues written) => written
        .Where(field => field.Key == FieldKeys.Email
            ? reader.Email(user) != field.Value
            : !(field.Key == FieldKeys.Profile && targets.ProfileOnlyAtCreation) && !IsThere(user, targets.Find(field.Key)!, field.Value))
        .Select(field => field.Key);

    // Who logs in by another name than the address goes on doing so.
    private void ChangeEmail(List<PathChange> changes, JsonObject user, FieldTarget target, string email)
    {
        var (before, name) = (reader.Email(user), UserReader.UserName(user));
        var named = target.Path == UserNamePath;
        if (!named && target.FromNode(PathAccess.Read(user, target.Path)) != email)
        {
            changes.Add(new(target.Path, target.ToNode(email)));
        }

        if (named || (targets.NamesFromEmail && string.Equals(name, before, StringComparison.OrdinalIgnoreCase)))
        {
            if (name != email)
            {
                changes.Add(new(UserNamePath, JsonValue.Create(email)));
            }
        }
    }

    // Only a name that is made of the old names follows the new ones: another was given by somebody.
    private void ChangeDisplayName(List<PathChange> changes, JsonObject user, FieldValues fields)
    {
        if (!fields.Has(FieldKeys.FirstName) && !fields.Has(FieldKeys.LastName))
        {
            return;
        }

        var (first, last) = (Now(FieldKeys.FirstName), Now(FieldKeys.LastName));
        var (before, shown) = (DisplayName(first, last), Canonical.Text(ScimJson.Text(user["displayName"])));
        var after = DisplayName(
            fields.TryGet(FieldKeys.FirstName, out var newFirst) ? newFirst : first, fields.TryGet(FieldKeys.LastName, out var newLast) ? newLast : last);
        if (after is not null && after != shown && (shown is null || shown == before))
        {
            changes.Add(new(DisplayNamePath, JsonValue.Create(after)));
        }

        string? Now(string field) => targets.Find(field) is { } target ? reader.Value(user, target) : null;
    }

    private static bool IsThere(JsonObject user, FieldTarget target, string? value)
    {
        var node = PathAccess.Read(user, target.Path);
        return target.Key switch
        {
            FieldKeys.EmployeeIds => IsImplied(target) || Kept(target, value).SequenceEqual(FieldTarget.Values(node)),
            FieldKeys.Active => ScimJson.Flag(node) is { } flag && Canonical.Boolean(flag) == value,
            _ => target.FromNode(node) == Canonical.Text(value),
        };
    }

    private static JsonNode? Node(FieldTarget target, string? value) => target.Key switch
    {
        FieldKeys.EmployeeIds => Kept(target, value) is { Length: > 0 } kept ? target.ToNode(string.Join('\n', kept)) : null,
        FieldKeys.Email => target.ToNode(value),
        _ => target.ToNode(Canonical.Text(value)),
    };

    // As many as there is room for.
    private static string[] Kept(FieldTarget target, string? value) => [.. Canonical.Lines(value).Take(target.IsList ? int.MaxValue : 1)];

    // The name to log in with is given once, and follows the address where it is made of it.
    private static bool IsImplied(FieldTarget target) => target.Key == FieldKeys.EmployeeIds && target.Path == UserNamePath;

    private static string? DisplayName(string? first, string? last) => Canonical.Text($"{first} {last}");
}
