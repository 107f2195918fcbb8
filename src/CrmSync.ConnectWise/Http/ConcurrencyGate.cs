namespace CrmSync.ConnectWise.Http;

/// <summary>What an answer says about the load that the site can bear.</summary>
internal enum LoadSignal
{
    /// <summary>Answered in order: there may be room for more.</summary>
    Healthy,

    /// <summary>Says nothing about load.</summary>
    Neutral,

    /// <summary>Refused or timed out for load.</summary>
    Congested,
}

/// <summary>
/// Bounds the requests in flight, and finds out how many the site can bear: additive increase, multiplicative decrease, between 1 and
/// <paramref name="most"/>. While the site has asked for a pause nobody passes. A lower rank goes ahead of a higher one;
/// among equals it is first come, first served.
/// </summary>
/// <param name="most">The most requests in flight.</param>
/// <param name="time">The clock.</param>
/// <param name="shared">Whether other processes read for the same tenant: as long as this one reads, it has as many places as readings.</param>
/// <remarks>The measure is the monotonic clock of <paramref name="time"/>: a wall clock set back must not prolong a pause.</remarks>
internal sealed class ConcurrencyGate(int most, TimeProvider time, bool shared = false) : IDisposable
{
    private readonly Lock _sync = new();
    private readonly PriorityQueue<TaskCompletionSource<int>, (int Rank, long Arrival)> _waiting = new();
    private ITimer? _wake;
    private double _limit = most;
    private int _inFlight;
    private int _readings;
    private long _arrived;
    private int _epoch;
    private long _pausedAt;
    private TimeSpan _pause;

    /// <summary>Requests allowed in flight just now.</summary>
    public int Limit
    {
        get
        {
            lock (_sync)
            {
                return Limit_NeedsLock();
            }
        }
    }

    /// <summary>Says that a reading of pages begins.</summary>
    public void BeginReading() => ChangeReadings(1);

    /// <summary>Says that one has ended.</summary>
    public void EndReading() => ChangeReadings(-1);

    /// <summary>Waits for a place. The value is handed back to <see cref="Leave"/>.</summary>
    public async Task<int> EnterAsync(int rank, CancellationToken cancellation)
    {
        TaskCompletionSource<int> place;
        lock (_sync)
        {
            if (_waiting.Count == 0 && IsOpen_NeedsLock())
            {
                _inFlight++;
                return _epoch;
            }

            place = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place, (rank, _arrived++));
            Admit_NeedsLock();
        }

        using var registration = cancellation.Register(() => place.TrySetCanceled(cancellation));
        return await place.Task.ConfigureAwait(false);
    }

    /// <summary>Gives the place back. A burst of refusals that were in flight together counts as one.</summary>
    public void Leave(int epoch, LoadSignal signal)
    {
        lock (_sync)
        {
            _inFlight--;
            if (signal == LoadSignal.Healthy)
            {
                _limit = Math.Min(most, _limit + (1 / _limit));
            }
            else if (signal == LoadSignal.Congested && epoch == _epoch)
            {
                _limit = Math.Max(1, Math.Floor(_limit) / 2);
                _epoch++;
            }

            Admit_NeedsLock();
        }
    }

    /// <summary>Lets nobody pass for this long; a longer pause already running stays.</summary>
    public void Pause(TimeSpan length)
    {
        lock (_sync)
        {
            if (length > PauseLeft_NeedsLock())
            {
                _pausedAt = time.GetTimestamp();
                _pause = length;
            }
        }
    }

    public void Dispose()
    {
        lock (_sync)
        {
            _wake?.Dispose();
            _wake = null;
        }
    }

    private void ChangeReadings(int by)
    {
        lock (_sync)
        {
            _readings += by;
            Admit_NeedsLock();
        }
    }

    private int Limit_NeedsLock() => (int)(shared && _readings > 0 ? Math.Min(_readings, _limit) : _limit);

    private bool IsOpen_NeedsLock() => _inFlight < Limit_NeedsLock() && PauseLeft_NeedsLock() <= TimeSpan.Zero;

    private TimeSpan PauseLeft_NeedsLock() => _pause == TimeSpan.Zero ? TimeSpan.Zero : _pause - time.GetElapsedTime(_pausedAt);

    private void Admit_NeedsLock()
    {
        while (_waiting.Count > 0 && IsOpen_NeedsLock())
        {
            // A place given up by cancellation meanwhile is simply passed over.
            if (_waiting.Dequeue().TrySetResult(_epoch))
            {
                _inFlight++;
            }
        }

        var left = PauseLeft_NeedsLock();
        if (_waiting.Count > 0 && left > TimeSpan.Zero)
        {
            _wake?.Dispose();
            _wake = time.CreateTimer(static gate => ((ConcurrencyGate)gate!).Wake(), this, left, Timeout.InfiniteTimeSpan);
        }
    }

    private void Wake()
    {
        lock (_sync)
        {
            Admit_NeedsLock();
        }
    }
}
