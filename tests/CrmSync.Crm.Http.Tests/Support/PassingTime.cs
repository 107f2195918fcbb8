using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Crm.Http.Tests.Support;

/// <summary>A clock on which pauses pass at once and are noted, and on which time-outs come only when a test says so.</summary>
internal sealed class PassingTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero))
{
    private readonly List<TimeSpan> _pauses = [];

    /// <summary>The time-out of single attempts: longer than all pauses of a test together.</summary>
    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromDays(20);

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_pauses)
            {
                return [.. _pauses];
            }
        }
    }

    /// <summary>Lets every attempt that is under way run out of time.</summary>
    public void TimeOut() => Advance(RequestTimeout);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < RequestTimeout)
        {
            lock (_pauses)
            {
                _pauses.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
