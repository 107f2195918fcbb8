using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.ConnectWise.Tests.Support;

/// <summary>A clock that stands still, and tells a test which pauses the code under test has begun.</summary>
internal sealed class ObservedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _pauses = Channel.CreateUnbounded<TimeSpan>();
    private readonly List<TimeSpan> _all = [];

    public ObservedTime()
        : base(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Time-outs of single attempts, which are no pauses.</summary>
    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromHours(12);

    /// <summary>Whether each pause passes at once.</summary>
    public bool PassesByItself { get; init; }

    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Waits until the code under test has begun a pause; its length.</summary>
    public async Task<TimeSpan> NextPauseAsync() => await _pauses.Reader.ReadAsync();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime < RequestTimeout)
        {
            lock (_all)
            {
                _all.Add(dueTime);
            }

            if (PassesByItself)
            {
                ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
            }
            else
            {
                _pauses.Writer.TryWrite(dueTime);
            }
        }

        return timer;
    }
}
