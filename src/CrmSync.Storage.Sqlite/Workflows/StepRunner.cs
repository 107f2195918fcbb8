using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Workflows;
using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Sqlite;

/// <summary>Runs steps, and repeats them where that may help.</summary>
internal sealed class StepRunner(StepCatalog catalog, TimeProvider time, ILogger logger, WorkflowHostOptions options)
{
    /// <summary>Runs a step to its end. Null where the host stops: then nothing has happened, and the step runs again.</summary>
    /// <param name="name">The step.</param>
    /// <param name="key">Its input's key.</param>
    /// <param name="input">Makes its input.</param>
    /// <param name="context">Where it runs; its token is set when the run is cancelled or the host stops.</param>
    /// <param name="stopping">Set when the host stops.</param>
    public async Task<WorkflowEvent?> RunAsync(string name, string key, Func<string> input, StepContext context, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var result = await catalog.RunStepAsync(name, context, input()).ConfigureAwait(false);
                return new WorkflowEvent(WorkflowEventKind.StepCompleted, name, key, result);
            }
            catch (Exception e) when (e is WorkflowCancelledException || (e is OperationCanceledException && context.Cancellation.IsCancellationRequested))
            {
                return Stopped(name, key, stopping);
            }
            catch (Exception e) when (attempt < options.RetryDelays.Count && options.IsTransient(e))
            {
                WorkflowLog.StepRepeats(logger, name, key, context.Run.Value, attempt + 1, e.GetType().Name);
                if (!await TryWaitAsync(options.RetryDelays[attempt], context.Cancellation).ConfigureAwait(false))
                {
                    return Stopped(name, key, stopping);
                }
            }
            catch (Exception e)
            {
                var failure = new StepFailure(Failures.Of(e, context.Run, logger), (e as SideException)?.RetryHelps, (e as SideException)?.Side);
                return new WorkflowEvent(WorkflowEventKind.StepFailed, name, key, CoreJson.Serialize(failure));
            }
        }
    }

    private static WorkflowEvent? Stopped(string name, string key, CancellationToken stopping) =>
        stopping.IsCancellationRequested ? null : new WorkflowEvent(WorkflowEventKind.StepCancelled, name, key, "");

    private async Task<bool> TryWaitAsync(TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(delay, time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
