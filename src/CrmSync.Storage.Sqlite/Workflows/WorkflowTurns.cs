namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Keeps a workflow's code on one thread at a time. A task that is awaited twice runs only one of its continuations at once and hands the others to
/// the thread pool, where they would race the events that are still to be delivered: here they are queued, and run before the next event.
/// </summary>
internal sealed class WorkflowTurns : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Code, object? State)> _waiting = new();

    /// <summary>Runs code and all that it sets off. Used by one thread at a time.</summary>
    public void Run(Action code)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            code();
            while (Next() is var (next, state))
            {
                next(state);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_waiting)
        {
            _waiting.Enqueue((d, state));
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    private (SendOrPostCallback Code, object? State)? Next()
    {
        lock (_waiting)
        {
            return _waiting.TryDequeue(out var next) ? next : null;
        }
    }
}
