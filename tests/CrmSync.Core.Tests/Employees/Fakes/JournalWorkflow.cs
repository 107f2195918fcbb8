using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;

namespace CrmSync.Core.Tests.Employees.Fakes;

/// <summary>
/// Runs a workflow over a journal in memory: a step whose result is there is not run again. Told before each step, after it, and once it is recorded.
/// </summary>
internal sealed class JournalWorkflow(
    StepCatalog catalog, TenantId tenant, RunId run, Dictionary<(string Step, string Key), string> journal, Action<string> boundary) : IWorkflow
{
    public TenantId Tenant => tenant;

    public RunId Run => run;

    public bool CancelRequested => false;

    public async Task<TResult> RunAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input)
        where TInput : IStepInput
    {
        if (!journal.TryGetValue((step.Name, input.Key), out var result))
        {
            boundary($"{step.Name} {input.Key} begins");
            result = await catalog.RunStepAsync(step.Name, new StepContext(tenant, run, CancellationToken.None), CoreJson.Serialize(input));
            boundary($"{step.Name} {input.Key} done");
            journal[(step.Name, input.Key)] = result;
            boundary($"{step.Name} {input.Key} recorded");
        }

        return CoreJson.Deserialize<TResult>(result);
    }

    public IReadOnlyList<Task<TResult>> RunEach<TInput, TResult>(Step<TInput, TResult> step, IReadOnlyList<Task<TInput>> inputs, int parallelism)
        where TInput : IStepInput => throw new NotSupportedException();

    public Task<string> WaitForSignalAsync(string name) => throw new NotSupportedException();

    public Task WaitUntilAsync(DateTimeOffset time) => throw new NotSupportedException();

    public void ReportProgress(RunProgress progress)
    {
    }
}
