using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.DurableTask;

namespace CrmSync.Functions.Workflows;

/// <summary>
/// A workflow's side of a run over an orchestration: a step is an activity, a signal an external event, progress the custom status. No I/O, no clock and no
/// chance of its own: the same history makes the workflow's code do the same.
/// </summary>
public sealed class DurableWorkflow : IWorkflow
{
    /// <summary>The external event that asks a run to stop.</summary>
    public const string CancelEvent = "cancel";

    private static readonly TimeSpan AfterInterruption = TimeSpan.FromSeconds(5);

    // A step that failed for a passing reason is repeated behind waits that hold up nobody else: they are the orchestration's, not an activity's.
    private static readonly TimeSpan[] RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    private static readonly RunFailure Lost = new(
        "step-lost", "The step's host died again and again.", "See the app's log and its memory, and start the run again.");

    private readonly TaskOrchestrationContext _context;
    private readonly List<StepGate> _gates = [];
    private readonly TaskCompletionSource _cancelled = new();

    /// <summary>Makes it, and listens for the cancellation.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="order">What the run was started with.</param>
    public DurableWorkflow(TaskOrchestrationContext context, RunOrder order)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(order);
        _context = context;
        Tenant = new TenantId(order.Tenant);
        Run = new RunId(order.Run);
        _ = ListenAsync();
    }

    /// <inheritdoc />
    public TenantId Tenant { get; }

    /// <inheritdoc />
    public RunId Run { get; }

    /// <inheritdoc />
    public bool CancelRequested { get; private set; }

    /// <summary>The last report.</summary>
    public RunProgress Progress { get; private set; } = new();

    /// <inheritdoc />
    public async Task<TResult> RunAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input)
        where TInput : IStepInput
    {
        ArgumentNullException.ThrowIfNull(step);
        var call = new StepCall(
            Tenant.Value, Run.Value, step.Name, input.Key, JsonSerializer.SerializeToElement(input, CoreJson.Options), !CancelRequested);
        for (var failures = 0; ;)
        {
            var outcome = await TryAsync(call).ConfigureAwait(true);
            switch (outcome.End)
            {
                case StepEnd.Completed:
                    return outcome.ResultAs<TResult>();
                case StepEnd.Cancelled:
                    throw new WorkflowCancelledException();
                case StepEnd.Interrupted:
                    await WaitAsync(AfterInterruption, call.Cancellable).ConfigureAwait(true);
                    break;
                case StepEnd.Failed when outcome.Passing && failures < RetryDelays.Length:
                    await WaitAsync(RetryDelays[failures++], call.Cancellable).ConfigureAwait(true);
                    break;
                case StepEnd.Failed:
                    throw outcome.Told().ToException();
            }
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<Task<TResult>> RunEach<TInput, TResult>(Step<TInput, TResult> step, IReadOnlyList<Task<TInput>> inputs, int parallelism)
        where TInput : IStepInput
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var gate = new StepGate(parallelism);
        if (CancelRequested)
        {
            gate.Cancel();
        }

        _gates.Add(gate);
        return [.. inputs.Select((input, index) => RunOneAsync(step, input, gate, index))];
    }

    /// <inheritdoc />
    public async Task<string> WaitForSignalAsync(string name)
    {
        using var enough = new CancellationTokenSource();
        var signal = _context.WaitForExternalEvent<string>($"signal:{name}", enough.Token);
        await FirstAsync(signal, enough, !CancelRequested).ConfigureAwait(true);
        return await signal.ConfigureAwait(true);
    }

    /// <inheritdoc />
    public async Task WaitUntilAsync(DateTimeOffset time)
    {
        using var enough = new CancellationTokenSource();
        await FirstAsync(_context.CreateTimer(time.UtcDateTime, enough.Token), enough, !CancelRequested).ConfigureAwait(true);
    }

    /// <inheritdoc />
    public void ReportProgress(RunProgress progress)
    {
        Progress = progress;
        _context.SetCustomStatus(new ProgressStatus(progress));
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

    // The activity itself answers every failure: what is thrown here is the death of its process.
    private async Task<StepOutcome> TryAsync(StepCall call)
    {
        try
        {
            return await _context.CallActivityAsync<StepOutcome>(StepActivity.Name, call).ConfigureAwait(true);
        }
        catch (TaskFailedException)
        {
            return StepOutcome.Failed(new StepFailure(Lost, null), passing: true);
        }
    }

    private async Task WaitAsync(TimeSpan delay, bool cancellable)
    {
        using var enough = new CancellationTokenSource();
        await FirstAsync(_context.CreateTimer(_context.CurrentUtcDateTime.Add(delay), enough.Token), enough, cancellable).ConfigureAwait(true);
    }

    // Waits for the task, or for the cancellation of the run, which ends the task.
    private async Task FirstAsync(Task task, CancellationTokenSource enough, bool cancellable)
    {
        if (!cancellable)
        {
            await task.ConfigureAwait(true);
            return;
        }

        if (await Task.WhenAny(task, _cancelled.Task).ConfigureAwait(true) != task)
        {
            enough.Cancel();
            throw new WorkflowCancelledException();
        }

        await task.ConfigureAwait(true);
    }

    // What has not begun never will, and who waits is woken; steps under way are ended by their activity.
    private async Task ListenAsync()
    {
        await _context.WaitForExternalEvent<string>(CancelEvent).ConfigureAwait(true);
        CancelRequested = true;
        foreach (var gate in _gates.ToList())
        {
            gate.Cancel();
        }

        _cancelled.SetResult();
    }
}
