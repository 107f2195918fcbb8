using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;
using CrmSync.Scim.Paths;

namespace CrmSync.Scim.Reading;

/// <summary>
/// Finds users by filters of one attribute each. A filter is believed once it has found somebody; one that is refused, that finds others than it was asked
/// for, or that finds nobody where a full reading does, is not used any more: from then on users are matched over a full reading.
/// </summary>
internal sealed class UserFinder(ScimClient client, ServerDiscovery discovery, UserMapping mapping, KnownUsers known)
{
    private readonly DirectoryWalk _walk = new(client, discovery);
    private readonly ConcurrentDictionary<SearchAttribute, bool> _trust = new();

    /// <summary>All users, each once, noted as known when the reading was complete.</summary>
    public async IAsyncEnumerable<JsonObject> ReadAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var map = await mapping.GetAsync(cancellation).ConfigureAwait(false);
        var reading = known.Begin();
        await foreach (var user in _walk.ReadAsync(cancellation).ConfigureAwait(false))
        {
            reading.Add(user);
            known.See(user, map);
            yield return user;
        }

        known.Complete(reading);
    }

    /// <summary>Every user that carries one of the values, each once, in the order of the values.</summary>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<IReadOnlyList<JsonObject>> FindAsync(IReadOnlyList<SearchKey> keys, CancellationToken cancellation)
    {
        var found = new List<(int Rank, JsonObject User)>();
        var open = new List<int>();
        for (var i = 0; i < keys.Count; i++)
        {
            if (await FilterAsync(keys[i], cancellation).ConfigureAwait(false) is { } users)
            {
                found.AddRange(users.Select(user => (i, user)));
            }
            else
            {
                open.Add(i);
            }
        }

        if (open.Count > 0)
        {
            var map = await mapping.GetAsync(cancellation).ConfigureAwait(false);
            await foreach (var user in ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                foreach (var i in open.Where(i => keys[i].Matches(user, map.Targets, map.Reader)))
                {
                    Distrust(keys[i].Attribute, map.Targets);
                    found.Add((i, user));
                }
            }
        }

        return [.. found.OrderBy(item => item.Rank).Select(item => item.User).DistinctBy(UserReader.Id)];
    }

    /// <summary>The users that a filter finds; null where the filter cannot be believed.</summary>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<IReadOnlyList<JsonObject>?> FilterAsync(SearchKey key, CancellationToken cancellation)
    {
        var users = await AskAsync(key, cancellation).ConfigureAwait(false);
        if (users is null or { Count: > 0 } || _trust.ContainsKey(key.Attribute))
        {
            return users;
        }

        // Nobody found is an answer only from a filter that finds somebody who is there.
        if (known.Witness(key.Attribute) is { } witness)
        {
            var seen = await AskAsync(key with { Value = witness }, cancellation).ConfigureAwait(false);
            if (seen is { Count: > 0 })
            {
                return users;
            }
        }

        return null;
    }

    /// <summary>Whether nobody found by an attribute means that nobody is there.</summary>
    public async Task<bool> IsTrustedAsync(SearchAttribute attribute, CancellationToken cancellation)
    {
        if (!_trust.ContainsKey(attribute) && known.Witness(attribute) is { } witness)
        {
            await AskAsync(new SearchKey(attribute, witness), cancellation).ConfigureAwait(false);
        }

        return _trust.GetValueOrDefault(attribute);
    }

    private async Task<IReadOnlyList<JsonObject>?> AskAsync(SearchKey key, CancellationToken cancellation)
    {
        var (profile, map) = (await discovery.ProfileAsync(cancellation).ConfigureAwait(false), await mapping.GetAsync(cancellation).ConfigureAwait(false));
        if (!profile.Filter || SearchKey.FilterName(key.Attribute, map.Targets) is not { } name
            || (_trust.TryGetValue(key.Attribute, out var trusted) && !trusted))
        {
            return null;
        }

        var query = ScimFilter.Query(ScimFilter.Equal(name, key.Value));
        var call = ScimCall.Get($"{profile.UsersPath}?filter={name}", $"{profile.UsersPath}?{query}") with { Tentative = true };
        var answer = await client.SendAsync(call, cancellation).ConfigureAwait(false);
        if (answer.Fault is { IsUnsupported: false } fault)
        {
            throw fault.ToException();
        }

        var page = answer.Succeeded ? ListPage.Read(answer.Body) : null;
        if (page is null || page.Users.Any(user => !key.Matches(user, map.Targets, map.Reader)))
        {
            _trust[key.Attribute] = false;
            Logs.NotFilterable(client.Logger, name);
            return null;
        }

        if (page.Users.Count > 0)
        {
            _trust.TryAdd(key.Attribute, true);
        }

        return page.Users.Count > 0 || page.NextCursor is null ? page.Users : null;
    }

    /// <summary>One user as it stands; null where it is not there.</summary>
    /// <exception cref="DirectoryException">The directory does not answer.</exception>
    public async Task<(JsonObject User, string? Version)?> ReadAsync(CrmId id, CancellationToken cancellation)
    {
        var profile = await discovery.ProfileAsync(cancellation).ConfigureAwait(false);
        var answer = await client.SendAsync(ScimCall.Get($"{profile.UsersPath}/id", PathOf(profile, id)), cancellation).ConfigureAwait(false);
        if (answer.Fault is { } fault)
        {
            return fault.Status is 404 or 410 ? null : throw fault.ToException();
        }

        return UserReader.Id(answer.Object) == id
            ? (answer.Object!, UserReader.Version(answer.Object!, answer.Version))
            : throw Faults.Inconsistent("it shows another user than the one asked for.").ToException();
    }

    /// <summary>The path of a user. Made of its id: what directories say about places is relative, or wrong.</summary>
    public static string PathOf(ServerProfile profile, CrmId id) => $"{profile.UsersPath}/{Uri.EscapeDataString(id.Value)}";

    private void Distrust(SearchAttribute attribute, FieldTargets targets)
    {
        // A filter that has found somebody may miss whoever was made a moment ago; that is the directory's delay, and no lie.
        if (_trust.TryAdd(attribute, false))
        {
            Logs.NotFilterable(client.Logger, SearchKey.FilterName(attribute, targets) ?? "this");
        }
    }
}
