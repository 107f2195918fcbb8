namespace CrmSync.EndToEnd.Support;

/// <summary>
/// Stands at the simulator's door: its latency runs on this clock, so every request passes here, is counted, and can be held. No time passes
/// otherwise.
/// </summary>
internal sealed class RequestGate : TimeProvider
{
    /// <summary>The latency that makes the simulator ask this clock.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly List<Action> _held = [];
    private int _requests;
    private int _most = int.MaxValue;
    private TaskCompletionSource _full = new();

    /// <summary>Called with each request's number before it goes on.</summary>
    public Action<int>? Passing { get; set; }

    /// <summary>Lets so many more requests through and holds the others. Completes when one is held.</summary>
    public Task HoldAfter(int count)
    {
        lock (_lock)
        {
            (_most, _full) = (_requests + count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _full.Task;
        }
    }

    /// <summary>Lets all through.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _most = int.MaxValue;
            _held.ForEach(pass => ThreadPool.QueueUserWorkItem(_ => pass()));
            _held.Clear();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            var number = ++_requests;
            if (number > _most)
            {
                _held.Add(Pass);
                _full.TrySetResult();
            }
            else
            {
                ThreadPool.QueueUserWorkItem(_ => Pass());
            }

            return new Nothing();

            void Pass()
            {
                Passing?.Invoke(number);
                callback(state);
            }
        }
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
