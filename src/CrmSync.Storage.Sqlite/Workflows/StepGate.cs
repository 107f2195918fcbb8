using CrmSync.Core.Workflows;

namespace CrmSync.Storage.Sqlite;

/// <summary>Lets a bounded number of one fan-out's steps through, the earliest input first. Used by one thread at a time.</summary>
internal sealed class StepGate(int parallelism)
{
    private readonly PriorityQueue<TaskCompletionSource, int> _waiting = new();
    private int _free = parallelism;
    private bool _cancelled;

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
