using System.Collections.Concurrent;

namespace CrmSync.Simulator;

/// <summary>How often the simulator was asked, since it started or since the last <see cref="Reset"/>.</summary>
public sealed class RequestCounters
{
    private readonly ConcurrentDictionary<string, int> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<int, int> _byStatus = new();
    private long _total;

    internal RequestCounters()
    {
    }

    /// <summary>All HTTP requests.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Requests by path after <c>apis/3.0/</c>, such as <c>company/contacts/#</c>; empty unless the switch for it is on.</summary>
    public IReadOnlyDictionary<string, int> ByPath => _byPath;

    /// <summary>Requests by the status that answered them; broken connections are not among them.</summary>
    public IReadOnlyDictionary<int, int> ByStatus => _byStatus;

    /// <summary>Starts again from 0.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref _total, 0);
        _byPath.Clear();
        _byStatus.Clear();
    }

    internal long Next() => Interlocked.Increment(ref _total);

    internal void CountPath(string path) => _byPath.AddOrUpdate(path, 1, static (_, n) => n + 1);

    internal void CountStatus(int status) => _byStatus.AddOrUpdate(status, 1, static (_, n) => n + 1);
}
