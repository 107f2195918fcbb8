using CrmSync.Core.Ports;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CrmSync.Functions.Workflows;

/// <summary>The orchestration of a run: performs its workflow, and closes the run however that ends.</summary>
/// <param name="catalog">The workflows.</param>
public sealed class RunOrchestrator(StepCatalog catalog)
{
    /// <summary>Its name.</summary>
    public const string Name = "run";

    /// <summary>Performs a run.</summary>
    [Function(Name)]
    public async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var order = context.GetInput<RunOrder>() ?? throw new InvalidOperationException("The run has no order.");
        var workflow = new DurableWorkflow(context, order);
        var ending = await PerformAsync(workflow, order).ConfigureAwait(true);
        await context.CallActivityAsync(
            CloseActivity.Name, new RunClosing(order.Tenant, order.Run, ending.ToElement()),
            TaskOptions.FromRetryPolicy(CloseActivity.Retries)).ConfigureAwait(true);
    }

    private async Task<RunEnding> PerformAsync(DurableWorkflow workflow, RunOrder order)
    {
        try
        {
            await catalog.RunWorkflowAsync(order.Workflow, workflow, order.Input.GetRawText()).ConfigureAwait(true);
            return new RunEnding(workflow.CancelRequested ? RunState.Cancelled : RunState.Completed, null, workflow.Progress);
        }
        catch (WorkflowCancelledException)
        {
            return new RunEnding(RunState.Cancelled, null, workflow.Progress);
        }
        catch (SideException e)
        {
            return new RunEnding(RunState.Failed, new RunFailure(e.Code, e.Message, e.Remedy), workflow.Progress);
        }
        catch (StepFailedException e)
        {
            return new RunEnding(RunState.Failed, e.Failure, workflow.Progress);
        }
#pragma warning disable CA1031 // A bug in a workflow ends its run, with what is known of it; the run must not seem to go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new RunEnding(RunState.Failed, Failures.OfWorkflow(e), workflow.Progress);
        }
    }
}
