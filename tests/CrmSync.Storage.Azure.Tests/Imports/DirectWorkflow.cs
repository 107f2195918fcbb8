using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;

namespace CrmSync.Storage.Azure.Tests.Imports;

/// <summary>Runs a workflow at once and without a journal: the steps as they are, one turn of the workflow at a time.</summary>
internal sealed class DirectWorkflow(StepCatalog catalog, TenantId tenant, RunId run) : IWorkflow
{
    public TenantId Tenant => tenant;

    public RunId Run => run;

    public bool CancelRequested => false;

    /// <summary>The steps that were run.</summary>
    public int Steps { get; private set; }

    public static Task RunAsync(DirectWorkflow workflow, ImportInput input) => Task.Factory.StartNew(
        () => ImportWorkflow.RunAsync(workflow, input), CancellationToken.None, TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    public async Task<TResult> RunAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input)
        where TInput : IStepInput
    {
        Steps++;
        var context = new StepContext(tenant, run, CancellationToken.None);
        var result = await Task.Run(() => catalog.RunStepAsync(step.Name, context, CoreJson.Serialize(input)));
        return CoreJson.Deserialize<TResult>(result);
    }

    public IReadOnlyList<Task<TResult>> RunEach<TInput, TResult>(Step<TInput, TResult> step, IReadOnlyList<Task<TInput>> inputs, int parallelism)
        where TInput : IStepInput
    {
        var room = new SemaphoreSlim(parallelism);
        return [.. inputs.Select(OneAsync)];

        async Task<TResult> OneAsync(Task<TInput> input)
        {
            var known = await input;
            await room.WaitAsync();
            try
            {
                return await RunAsync(step, known);
            }
            finally
            {
                room.Release();
            }
        }
    }

    public Task<string> WaitForSignalAsync(string name) => throw new NotSupportedException();

    public Task WaitUntilAsync(DateTimeOffset time) => throw new NotSupportedException();

    public void ReportProgress(RunProgress progress)
    {
    }
}
