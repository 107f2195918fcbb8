using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;

namespace CrmSync.Storage.Sqlite;

/// <summary>A call of a workflow that ends by an event.</summary>
internal sealed class WorkflowCall
{
    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>The input's key.</summary>
    public required string Key { get; init; }

    /// <summary>Its input as JSON, made when the call is really started.</summary>
    public required Func<string> Input { get; init; }

    /// <summary>Whether it was made before the workflow knew of a cancellation.</summary>
    public required bool BeforeCancel { get; init; }

    /// <summary>The time a timer waits for; null for a step.</summary>
    public DateTimeOffset? Time { get; init; }

    // Continuations run inline or in the workflow's turns: its code then runs within the delivery of an event, one at a time.
    public TaskCompletionSource<string> Outcome { get; } = new();
}

/// <summary>
/// The workflow's side of a run: pure bookkeeping, driven by <see cref="Deliver"/> alone and by one thread at a time. The same events in the same
/// order make the workflow's code do the same, so a replay is nothing but the delivery of the recorded events.
/// </summary>
internal sealed class WorkflowSession(StartedWorkflow started, Action<WorkflowCall> begin, ProgressReporter progress) : IWorkflow
{
    private readonly Dictionary<(string Name, string Key), WorkflowCall> _calls = [];
    private readonly Dictionary<(string Name, string Key), WorkflowEvent> _early = [];
    private readonly Dictionary<string, Queue<string>> _signals = [];
    private readonly Dictionary<string, Queue<TaskCompletionSource<string>>> _listeners = [];
    private readonly List<StepGate> _gates = [];
    private bool _replaying = true;

    public TenantId Tenant => started.Tenant;

    public RunId Run => started.Run;

    public bool CancelRequested { get; private set; }

    public async Task<TResult> RunAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input)
        where TInput : IStepInput =>
        CoreJson.Deserialize<TResult>(await CallAsync(step.Name, input.Key, () => CoreJson.Serialize(input), null).ConfigureAwait(true));

    public IReadOnlyList<Task<TResult>> RunEach<TInput, TResult>(Step<TInput, TResult> step, IReadOnlyList<Task<TInput>> inputs, int parallelism)
        where TInput : IStepInput
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var gate = new StepGate(parallelism);
        _gates.Add(gate);
        return [.. inputs.Select((input, index) => RunOneAsync(step, input, gate, index))];
    }

    public Task<string> WaitForSignalAsync(string name)
    {
        if (_signals.TryGetValue(name, out var sent) && sent.TryDequeue(out var payload))
        {
            return Task.FromResult(payload);
        }

        var listener = new TaskCompletionSource<string>();
        QueueOf(_listeners, name).Enqueue(listener);
        return listener.Task;
    }

    public Task WaitUntilAsync(DateTimeOffset time) =>
        CallAsync(WorkflowEvent.TimerName, time.UtcTicks.ToString(CultureInfo.InvariantCulture), () => "", time);

    public void ReportProgress(RunProgress report)
    {
        if (_replaying)
        {
            progress.Hold(report);
        }
        else
        {
            progress.Report(report);
        }
    }

    /// <summary>Tells the workflow what happened; its code has gone on as far as it can when this returns.</summary>
    public void Deliver(WorkflowEvent happened)
    {
        switch (happened.Kind)
        {
            case WorkflowEventKind.Signal:
                DeliverSignal(happened.Name, happened.Content);
                break;
            case WorkflowEventKind.CancelRequested:
                DeliverCancel();
                break;
            case WorkflowEventKind.StepCompleted or WorkflowEventKind.StepFailed or WorkflowEventKind.StepCancelled or WorkflowEventKind.TimerFired:
                if (_calls.TryGetValue((happened.Name, happened.Key), out var call))
                {
                    End(call, happened);
                }
                else
                {
                    _early[(happened.Name, happened.Key)] = happened;
                }

                break;
        }
    }

    /// <summary>Ends the replay: all calls that have no outcome yet are begun now.</summary>
    public void GoLive()
    {
        _replaying = false;
        foreach (var call in _calls.Values.Where(call => !call.Outcome.Task.IsCompleted).ToList())
        {
            begin(call);
        }
    }

    private async Task<TResult> RunOneAsync<TInput, TResult>(Step<TInput, TResult> step, Task<TInput> given, StepGate gate, int index)
        where TInput : IStepInput
    {
        var input = await given.ConfigureAwait(true);
        await gate.EnterAsync(index).ConfigureAwait(true);
        try
        {
            return await RunAsync(step, input).ConfigureAwait(true);
        }
        finally
        {
            gate.Leave();
        }
    }

    private Task<string> CallAsync(string name, string key, Func<string> input, DateTimeOffset? time)
    {
        if (_calls.TryGetValue((name, key), out var known))
        {
            return known.Outcome.Task;
        }

        var call = new WorkflowCall { Name = name, Key = key, Input = input, BeforeCancel = !CancelRequested, Time = time };
        _calls.Add((name, key), call);
        if (_early.Remove((name, key), out var happened))
        {
            End(call, happened);
        }
        else if (!_replaying)
        {
            begin(call);
        }

        return call.Outcome.Task;
    }

    // A timer that fires while the workflow is cancelled, and a step that was begun twice around a crash, come too late.
    private static void End(WorkflowCall call, WorkflowEvent happened) => _ = happened.Kind switch
    {
        WorkflowEventKind.StepFailed => call.Outcome.TrySetException(CoreJson.Deserialize<StepFailure>(happened.Content).ToException()),
        WorkflowEventKind.StepCancelled => call.Outcome.TrySetException(new WorkflowCancelledException()),
        _ => call.Outcome.TrySetResult(happened.Content),
    };

    private void DeliverSignal(string name, string payload)
    {
        if (_listeners.TryGetValue(name, out var listeners) && listeners.TryDequeue(out var listener))
        {
            listener.SetResult(payload);
        }
        else
        {
            QueueOf(_signals, name).Enqueue(payload);
        }
    }

    // What has not begun never will, and who waits is woken; steps under way end by themselves.
    private void DeliverCancel()
    {
        if (CancelRequested)
        {
            return;
        }

        CancelRequested = true;
        foreach (var gate in _gates.ToList())
        {
            gate.Cancel();
        }

        var listeners = _listeners.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value).ToList();
        _listeners.Clear();
        foreach (var listener in listeners)
        {
            listener.SetException(new WorkflowCancelledException());
        }

        foreach (var timer in _calls.Values.Where(call => call is { BeforeCancel: true, Time: not null }).ToList())
        {
            timer.Outcome.TrySetException(new WorkflowCancelledException());
        }
    }

    private static Queue<T> QueueOf<T>(Dictionary<string, Queue<T>> queues, string name)
    {
        if (!queues.TryGetValue(name, out var queue))
        {
            queue = new Queue<T>();
            queues.Add(name, queue);
        }

        return queue;
    }
}
