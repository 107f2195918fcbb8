namespace CrmSync.Simulator;

/// <summary>The simulated server's own clock: whole UTC seconds, which may differ from everybody else's.</summary>
public sealed class SimulatorClock
{
    private readonly TimeProvider _time;
    private long _skewTicks;

    internal SimulatorClock(TimeProvider time) => _time = time;

    /// <summary>How far the server's clock is ahead; negative when it is behind.</summary>
    public TimeSpan Skew
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks));
        set => Interlocked.Exchange(ref _skewTicks, value.Ticks);
    }

    /// <summary>The time that a record changed now is stamped with, and that the <c>Date</c> header shows.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds((_time.GetUtcNow() + Skew).ToUnixTimeSeconds());

    internal TimeProvider Time => _time;
}
