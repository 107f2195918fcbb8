using CrmSync.Simulator.Accounts;

namespace CrmSync.Simulator.Faults;

/// <summary>
/// Decides which requests meet which fault: by share, every n-th, or the next k in a row. Draws depend on the seed and on the number
/// of the request alone.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly Draws _draws;
    private readonly Dictionary<FaultKind, double> _rates;
    private readonly Dictionary<FaultKind, int> _intervals = [];
    private readonly List<Storm> _storms = [];
    private int _requests;

    internal FaultPlan(int seed, IReadOnlyDictionary<FaultKind, double> rates)
    {
        _draws = Draws.For(seed, "faults");
        _rates = new Dictionary<FaultKind, double>(rates);
    }

    private sealed class Storm(FaultKind kind, int left, string? path)
    {
        public FaultKind Kind => kind;

        public string? Path => path;

        public int Left { get; set; } = left;
    }

    /// <summary>The seconds in <c>Retry-After</c> and in the message.</summary>
    /// <value>30.</value>
    public int RetryAfterSeconds { get; set; } = 30;

    /// <summary>How much later a slow answer comes.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan SlowBy { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From now on this share of requests, 0 to 1, meets the fault.</summary>
    public void SetRate(FaultKind kind, double share)
    {
        lock (_lock)
        {
            _rates[kind] = share;
        }
    }

    /// <summary>From now on every n-th request meets the fault; 0 ends it.</summary>
    public void Every(FaultKind kind, int interval)
    {
        lock (_lock)
        {
            _intervals[kind] = interval;
            _requests = 0;
        }
    }

    /// <summary>The next <paramref name="count"/> requests meet the fault, or only those whose path holds <paramref name="pathContains"/>.</summary>
    public void Next(FaultKind kind, int count, string? pathContains = null)
    {
        lock (_lock)
        {
            _storms.Add(new Storm(kind, count, pathContains));
        }
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rates.Clear();
            _intervals.Clear();
            _storms.Clear();
        }
    }

    internal FaultKind? Draw(string path)
    {
        lock (_lock)
        {
            _requests++;
            var storm = _storms.Find(s => s.Path is null || path.Contains(s.Path, StringComparison.OrdinalIgnoreCase));
            if (storm is not null)
            {
                if (--storm.Left <= 0)
                {
                    _storms.Remove(storm);
                }

                return storm.Kind;
            }

            foreach (var (kind, interval) in _intervals)
            {
                if (interval > 0 && _requests % interval == 0)
                {
                    return kind;
                }
            }

            foreach (var (kind, share) in _rates)
            {
                if (_draws.Chance(_requests, (int)kind, share))
                {
                    return kind;
                }
            }

            return null;
        }
    }
}
