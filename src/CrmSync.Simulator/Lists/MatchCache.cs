using System.Collections.Concurrent;

namespace CrmSync.Simulator.Lists;

/// <summary>
/// Remembers a few scans of one source, so that page 900 of a filtered list does not scan what page 899 scanned. A scan is forgotten
/// as soon as any record changed.
/// </summary>
internal sealed class MatchCache
{
    private const int MostEntries = 8;

    private readonly ConcurrentDictionary<string, (long Version, Lazy<object> Value)> _entries = new();

    public T Get<T>(string key, long version, Func<T> build)
        where T : class
    {
        if (_entries.TryGetValue(key, out var known) && known.Version == version)
        {
            return (T)known.Value.Value;
        }

        if (_entries.Count >= MostEntries)
        {
            _entries.Clear();
        }

        var entry = (version, new Lazy<object>(build));
        _entries[key] = entry;
        return (T)entry.Item2.Value;
    }
}
