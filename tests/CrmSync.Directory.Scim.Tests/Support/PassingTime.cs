namespace CrmSync.Scim.Tests.Support;

/// <summary>
/// A clock on which pauses pass at once and are noted, and on which time-outs come only when a test says so. (FakeTimeProvider may lose a
/// waking when two threads advance it at the same moment.)
/// </summary>
internal sealed class PassingTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _pauses = [];
    private readonly HashSet<Timer> _timeOuts = [];
    private DateTimeOffset _now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The time-out of single attempts: longer than any pause.</summary>
    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromDays(1);

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_lock)
            {
                return [.. _pauses];
            }
        }
    }

    /// <summary>Lets every attempt that is under way run out of time.</summary>
    public void TimeOut()
    {
        Timer[] due;
        lock (_lock)
        {
            due = [.. _timeOuts];
            _timeOuts.Clear();
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(Timer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            if (dueTime >= RequestTimeout)
            {
                _timeOuts.Add(timer);
                return;
            }

            _timeOuts.Remove(timer);
            if (dueTime < TimeSpan.Zero)
            {
                return;
            }

            _pauses.Add(dueTime);
            _now += dueTime;
        }

        ThreadPool.QueueUserWorkItem(_ => timer.Fire());
    }

    private sealed class Timer(PassingTime time, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        public void Fire()
        {
            if (!_disposed)
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return !_disposed;
        }

        public void Dispose()
        {
            _disposed = true;
            time.Set(this, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
