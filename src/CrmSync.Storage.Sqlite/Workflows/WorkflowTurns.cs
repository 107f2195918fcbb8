namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Keeps a workflow's code on one thread at a time. A task that is awaited twice runs only one of its continuations at once and hands the others to
/// the thread pool, where they would race the events that are still to be delivered: here they are queued, and run before the next event.
/// </summary>
/// <param name="wake">Called when something was queued from outside and waits for the next turn.</param>
internal sealed class WorkflowTurns(Action wake) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Code, object? State)> _waiting = new();
    private bool _running;

    /// <summary>Runs code and all that it sets off. Used by one thread at a time.</summary>
    public void Run(Action code)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        lock (_waiting)
        {
            _running = true;
        }

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
            if (_running)
            {
                return;
            }
        }

        wake();
    }

    public override SynchronizationContext CreateCopy() => this;

    private (SendOrPostCallback Code, object? State)? Next()
    {
        lock (_waiting)
        {
            if (_waiting.TryDequeue(out var next))
            {
                return next;
            }

            _running = false;
            return null;
        }
    }
}
