using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim.Reading;

/// <summary>
/// Who is in the directory, by external id and by name to log in with, as the last full reading and this client's own writes showed: spares the searches
/// before each of many creates. Only a hint: whoever is found is read again, and whoever is missed is told by the directory's own check.
/// </summary>
internal sealed class KnownUsers(TimeProvider time)
{
    /// <summary>How long a full reading says who is not there.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, CrmId> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SearchAttribute, string> _witnesses = new();
    private Reading? _reading;

    /// <summary>Whether whoever is not known is not there.</summary>
    public bool IsWhole => Volatile.Read(ref _reading) is { } reading && time.GetUtcNow() - reading.At < Lasts;

    /// <summary>Whether there was a full reading at all: enough for the batch that began while it was fresh.</summary>
    public bool WasWhole => Volatile.Read(ref _reading) is not null;

    /// <summary>Who carries an external id, or else a name, whatever its case.</summary>
    public CrmId? Find(string? externalId, string? userName) =>
        externalId is not null && Find("x" + externalId) is { } byKey ? byKey
        : userName is not null ? Find(NameKey(userName))
        : null;

    /// <summary>Notes a user that this client has written.</summary>
    public void Add(JsonObject user)
    {
        if (UserReader.Id(user) is { } id)
        {
            foreach (var key in Keys(user))
            {
                _own[key] = id;
            }
        }
    }

    /// <summary>Begins the notes of a full reading.</summary>
    public Reading Begin() => new(time.GetUtcNow());

    /// <summary>Takes over the notes of a reading that was complete.</summary>
    public void Complete(Reading reading) => Volatile.Write(ref _reading, reading);

    /// <summary>Nothing is known any more of who is not there.</summary>
    public void Forget() => Volatile.Write(ref _reading, null);

    /// <summary>A value by which somebody must be found who was seen in the directory; null for none.</summary>
    public string? Witness(SearchAttribute attribute) => _witnesses.GetValueOrDefault(attribute);

    /// <summary>Notes by what somebody who was seen must be found.</summary>
    public void See(JsonObject user, UserMap map)
    {
        foreach (var attribute in Enum.GetValues<SearchAttribute>())
        {
            if (!_witnesses.ContainsKey(attribute) && SearchKey.ValueOf(user, attribute, map) is { } value)
            {
                _witnesses.TryAdd(attribute, value);
            }
        }
    }

    private CrmId? Find(string key) =>
        _own.TryGetValue(key, out var own) ? own : Volatile.Read(ref _reading)?.Find(key);

    private static string NameKey(string userName) => "n" + userName.ToLowerInvariant();

    private static IEnumerable<string> Keys(JsonObject user)
    {
        if (UserReader.ExternalId(user) is { } key)
        {
            yield return "x" + key;
        }

        if (UserReader.UserName(user) is { } name)
        {
            yield return NameKey(name);
        }
    }

    /// <summary>The notes of one full reading.</summary>
    internal sealed class Reading(DateTimeOffset at)
    {
        private readonly Dictionary<string, CrmId> _users = new(StringComparer.Ordinal);

        public DateTimeOffset At { get; } = at;

        public void Add(JsonObject user)
        {
            var id = UserReader.Id(user)!.Value;
            foreach (var key in Keys(user))
            {
                _users.TryAdd(key, id);
            }
        }

        public CrmId? Find(string key) => _users.TryGetValue(key, out var id) ? id : null;
    }
}
