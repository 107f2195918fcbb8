using System.Buffers;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// What one step has just stored for another, as it came: mostly it is read next, once, and need then neither be fetched nor decompressed. Only so much of
/// it; what has waited longest goes first. The database holds all of it. Safe for use by several threads at once.
/// </summary>
internal sealed class PartsAtHand
{
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly Lock _sync = new();
    private readonly OrderedDictionary<(TenantId Tenant, RunId Run, PartName Name), PooledBuffer> _parts = [];
    private long _bytes;

    /// <summary>Keeps a copy of a part that was stored.</summary>
    public void Keep(TenantId tenant, RunId run, PartName name, ReadOnlySpan<byte> content)
    {
        var copy = new PooledBuffer(content.Length);
        copy.Write(content);
        lock (_sync)
        {
            _parts.Add((tenant, run, name), copy);
            _bytes += content.Length;
            while (_bytes > MostBytes)
            {
                Remove(0).Dispose();
            }
        }
    }

    /// <summary>A part, which is then no longer kept; null where it is not. Whoever takes it disposes it.</summary>
    public PooledBuffer? Take(TenantId tenant, RunId run, PartName name)
    {
        lock (_sync)
        {
            var place = _parts.IndexOf((tenant, run, name));
            return place < 0 ? null : Remove(place);
        }
    }

    /// <summary>Keeps nothing of a run any more.</summary>
    public void Forget(TenantId tenant, RunId run)
    {
        lock (_sync)
        {
            for (var place = _parts.Count - 1; place >= 0; place--)
            {
                var key = _parts.GetAt(place).Key;
                if (key.Tenant == tenant && key.Run == run)
                {
                    Remove(place).Dispose();
                }
            }
        }
    }

    private PooledBuffer Remove(int place)
    {
        var part = _parts.GetAt(place).Value;
        _parts.RemoveAt(place);
        _bytes -= part.Memory.Length;
        return part;
    }
}
