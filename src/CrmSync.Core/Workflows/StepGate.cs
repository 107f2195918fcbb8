namespace CrmSync.Core.Workflows;

/// <summary>Lets a bounded number of one fan-out's steps through, the earliest input first. Used by one thread at a time.</summary>
/// <param name="parallelism">How many at once.</param>
public sealed class StepGate(int parallelism)
{
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private int _free = parallelism;
    private bool _cancelled;

    /// <summary>Completes when the step of this place may begin.</summary>
    /// <exception cref="WorkflowCancelledException">Nobody is let through any more.</exception>
    public Task EnterAsync(int index)
    {
        if (_cancelled)
        {
            return Task.FromException(new WorkflowCancelledException());
        }

        if (_free > 0)
        {
            _free--;
            return Task.CompletedTask;
        }

        var turn = new TaskCompletionSource();
        _waiting.Enqueue(turn, index);
        return turn.Task;
    }

    /// <summary>Says that a step that was let through has ended.</summary>
    public void Leave()
    {
        if (_waiting.TryDequeue(out var next, out _))
        {
            next.SetResult();
        }
        else
        {
            _free++;
        }
    }

    /// <summary>Lets nobody through any more.</summary>
    public void Cancel()
    {
        _cancelled = true;
        while (_waiting.TryDequeue(out var next, out _))
        {
            next.SetException(new WorkflowCancelledException());
        }
    }
}
