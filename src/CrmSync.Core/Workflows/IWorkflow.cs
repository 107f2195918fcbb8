using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows;

/// <summary>
/// What a workflow may do. A workflow is deterministic code: everything that touches the world is a step, whose result is recorded,
/// so that the same code, run again after a crash, makes the same decisions. Nothing tells which of two parallel steps ended first.
/// </summary>
public interface IWorkflow
{
    /// <summary>The tenant the workflow works for.</summary>
    TenantId Tenant { get; }

    /// <summary>The run it performs.</summary>
    RunId Run { get; }

    /// <summary>Whether somebody asked to cancel the run. Changes only between steps; once true it stays true.</summary>
    bool CancelRequested { get; }

    /// <summary>Runs a step and gets its result. A step may run twice, so it is idempotent. What it throws after its retries is thrown here.</summary>
    /// <param name="step">Which step.</param>
    /// <param name="input">Its input: small. The input's key tells this call from every other of the same step.</param>
    Task<TResult> RunAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input)
        where TInput : IStepInput;

    /// <summary>
    /// Runs a step over many inputs, at most <paramref name="parallelism"/> at once, started in their order as they become known.
    /// The results come as tasks in the order of the inputs; an input that fails fails its result. Once cancelling was asked for, inputs that have not
    /// been started fail with <see cref="WorkflowCancelledException"/>.
    /// </summary>
    IReadOnlyList<Task<TResult>> RunEach<TInput, TResult>(Step<TInput, TResult> step, IReadOnlyList<Task<TInput>> inputs, int parallelism)
        where TInput : IStepInput;

    /// <summary>Waits for a signal by its name. A signal sent before is not lost.</summary>
    Task<string> WaitForSignalAsync(string name);

    /// <summary>Waits until a time.</summary>
    Task WaitUntilAsync(DateTimeOffset time);

    /// <summary>Reports how far the run is; the last report stands. Repeated reports of a replay do no harm.</summary>
    void ReportProgress(Runs.RunProgress progress);
}

/// <summary>The input of a step.</summary>
public interface IStepInput
{
    /// <summary>Tells this call from every other call of the same step in the same run. Stable over replays.</summary>
    string Key { get; }
}

/// <summary>A named step with its types; the code stands in the <see cref="StepCatalog"/>.</summary>
/// <param name="Name">Unique over the product; hosts name their activities by it.</param>
public sealed record Step<TInput, TResult>(string Name)
    where TInput : IStepInput;

/// <summary>Where a step runs.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Run">The run.</param>
/// <param name="Cancellation">Set when the host stops or somebody cancels the run.</param>
public readonly record struct StepContext(TenantId Tenant, RunId Run, CancellationToken Cancellation);

/// <summary>The steps and workflows that a host can run, by their names. Inputs and results pass as JSON.</summary>
public sealed class StepCatalog
{
    private readonly Dictionary<string, Func<StepContext, string, Task<string>>> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<IWorkflow, string, Task>> _workflows = new(StringComparer.Ordinal);

    /// <summary>Adds a step.</summary>
    public void Add<TInput, TResult>(Step<TInput, TResult> step, Func<StepContext, TInput, Task<TResult>> code)
        where TInput : IStepInput =>
        _steps.Add(step.Name, async (context, input) =>
            CoreJson.Serialize(await code(context, CoreJson.Deserialize<TInput>(input)).ConfigureAwait(false)));

    /// <summary>Adds a workflow.</summary>
    public void AddWorkflow<TInput>(string name, Func<IWorkflow, TInput, Task> code) =>
        _workflows.Add(name, (workflow, input) => code(workflow, CoreJson.Deserialize<TInput>(input)));

    /// <summary>The names of all steps.</summary>
    public IReadOnlyCollection<string> Steps => _steps.Keys;

    /// <summary>Runs a step.</summary>
    public Task<string> RunStepAsync(string name, StepContext context, string input) => _steps[name](context, input);

    /// <summary>Runs a workflow.</summary>
    public Task RunWorkflowAsync(string name, IWorkflow workflow, string input) => _workflows[name](workflow, input);
}

/// <summary>Starts runs and talks to them: a host's workflow runner.</summary>
public interface IWorkflowHost
{
    /// <summary>Starts a workflow for a run that has been stored. Starting it again does nothing.</summary>
    Task StartAsync(TenantId tenant, RunId run, string workflow, string input, CancellationToken cancellation);

    /// <summary>Asks a run to stop. What is done stays done; the report says how far it went.</summary>
    Task CancelAsync(TenantId tenant, RunId run, CancellationToken cancellation);

    /// <summary>Sends a signal to a run.</summary>
    Task SignalAsync(TenantId tenant, RunId run, string name, string payload, CancellationToken cancellation);
}
