using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Scim.Client;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>The users of a server, in the order of their creation.</summary>
internal sealed class ScimStore(ScimServerOptions options)
{
    private readonly List<(JsonObject User, int ShowsAt)> _users = [];
    private int _number;
    private int _searches;
    private DateTimeOffset _now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public Lock Lock { get; } = new();

    /// <summary>How many users there are.</summary>
    public int Count
    {
        get
        {
            lock (Lock)
            {
                return _users.Count;
            }
        }
    }

    public void PassTime() => _now += TimeSpan.FromSeconds(2);

    public JsonObject? Find(string id) => _users.Find(item => IdOf(item.User) == id).User;

    /// <summary>The users that lists show now.</summary>
    public List<JsonObject> Search()
    {
        _searches++;
        return [.. _users.Where(item => item.ShowsAt <= _searches).Select(item => item.User)];
    }

    /// <summary>Whether another user has the name.</summary>
    public bool IsTaken(string userName, string? id) => _users.Any(item => IdOf(item.User) != id && string.Equals(
        ScimJson.Text(item.User["userName"]), userName, options.CaseSensitiveNames ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase));

    public JsonObject Add(JsonObject user)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{++_number:x4}-{Guid.NewGuid():N}");
        user["id"] = id;
        if (options.ActiveUnlessSaid is { } active && !user.ContainsKey("active"))
        {
            user["active"] = active;
        }

        Keep(user);
        Stamp(user, null);
        _users.Add((user, _searches + options.ShowsAfterSearches));
        return user;
    }

    public JsonObject Replace(string id, JsonObject user)
    {
        var index = _users.FindIndex(item => IdOf(item.User) == id);
        var before = _users[index].User;
        user["id"] = id;
        Keep(user);
        Stamp(user, before);
        _users[index] = (user, _users[index].ShowsAt);
        return user;
    }

    public bool Remove(string id) => _users.RemoveAll(item => IdOf(item.User) == id) > 0;

    public static string IdOf(JsonObject user) => ScimJson.Text(user["id"])!;

    private void Keep(JsonObject user)
    {
        if (options.DropsPhotos)
        {
            user.Remove("photos");
        }

        if (options.DropsExternalIds)
        {
            user.Remove("externalId");
        }

        if (options.DropsExtensions)
        {
            foreach (var urn in user.Select(member => member.Key).Where(key => key.StartsWith("urn:", StringComparison.Ordinal)).ToList())
            {
                user.Remove(urn);
            }
        }
    }

    private void Stamp(JsonObject user, JsonObject? before)
    {
        var meta = before?["meta"]?.DeepClone().AsObject() ?? new JsonObject { ["resourceType"] = "User", ["created"] = Text(_now), ["version"] = "W/\"0\"" };
        var version = int.Parse(meta["version"]!.GetValue<string>()[3..^1], CultureInfo.InvariantCulture);
        meta["lastModified"] = Text(_now);
        meta["version"] = string.Create(CultureInfo.InvariantCulture, $"W/\"{version + 1}\"");
        meta["location"] = $"{options.Location}/Users/{IdOf(user)}";
        user["meta"] = meta;
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
