namespace CrmSync.EndToEnd.Support;

/// <summary>Stands at the simulator's door: its latency runs on this clock, so that requests under way at the same time can be counted.</summary>
internal sealed class InFlightClock : TimeProvider
{
    private readonly Lock _lock = new();
    private int _inFlight;

    /// <summary>The most at once, since the beginning or since <see cref="Reset"/>.</summary>
    public int Most { get; private set; }

    public void Reset()
    {
        lock (_lock)
        {
            Most = _inFlight;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            Most = Math.Max(Most, ++_inFlight);
        }

        return new Request(this, callback, state, dueTime, period);
    }

    private void End()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    // One that is broken off is disposed of before its time.
    private sealed class Request : ITimer
    {
        private readonly InFlightClock _clock;
        private readonly ITimer _timer;
        private int _ended;

        public Request(InFlightClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _timer = System.CreateTimer(
                given =>
                {
                    End();
                    callback(given);
                },
                state, dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer.Change(dueTime, period);

        public void Dispose()
        {
            End();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            End();
            return _timer.DisposeAsync();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                _clock.End();
            }
        }
    }
}
