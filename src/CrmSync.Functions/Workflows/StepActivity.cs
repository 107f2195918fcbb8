using System.Diagnostics;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Workflows;

/// <summary>The activity of every step: finds it in the catalog, runs it, and answers how it ended, failures included.</summary>
/// <param name="catalog">The steps.</param>
/// <param name="runs">Asked whether the run has been cancelled.</param>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Tells when the host stops.</param>
/// <param name="logger">The log.</param>
public sealed class StepActivity(
    StepCatalog catalog, IRunStore runs, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<StepActivity> logger)
{
    /// <summary>Its name.</summary>
    public const string Name = "step";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>Runs a step.</summary>
    [Function(Name)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] StepCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        using var activity = Measures.Source.StartActivity($"step {call.Step}");
        activity?.SetTag("crmsync.tenant", call.Tenant).SetTag("crmsync.run", call.Run).SetTag("crmsync.step", call.Step).SetTag("crmsync.key", call.Key);
        var begun = time.GetTimestamp();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        using var over = new CancellationTokenSource();
        var watch = call.Cancellable ? WatchAsync(call.Context(over.Token), cancellation) : Task.CompletedTask;
        var outcome = await PerformAsync(call, cancellation.Token).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        activity?.SetStatus(outcome.End == StepEnd.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        Measures.StepEnded(call, outcome, time.GetElapsedTime(begun));
        return outcome;
    }

    private async Task<StepOutcome> PerformAsync(StepCall call, CancellationToken cancellation)
    {
        try
        {
            return StepOutcome.Completed(await catalog.RunStepAsync(call.Step, call.Context(cancellation), call.Input.GetRawText()).ConfigureAwait(false));
        }
        catch (Exception e) when (e is WorkflowCancelledException || (e is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            return lifetime.ApplicationStopping.IsCancellationRequested ? StepOutcome.Interrupted : StepOutcome.Cancelled;
        }
#pragma warning disable CA1031 // Every failure is an answer: an activity that throws tells the workflow only that its process died.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var passing = Failures.Passes(e);
            var failure = Failures.OfStep(e, new RunId(call.Run), logger);
            WorkflowLog.StepFailed(logger, call.Step, call.Key, call.Run, failure.Failure.Code, passing);
            return StepOutcome.Failed(failure, passing);
        }
    }

    // An activity hears nothing of the orchestration once it runs: the run's record tells it of a cancellation.
    private async Task WatchAsync(StepContext context, CancellationTokenSource cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(BetweenLooks, time, context.Cancellation).ConfigureAwait(false);
                var run = await runs.FindAsync(context.Tenant, context.Run, context.Cancellation).ConfigureAwait(false);
                if (run is null or { State: RunState.Cancelling } or { Ended: true })
                {
                    await cancellation.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The step is over.
        }
#pragma warning disable CA1031 // A look that fails costs the step nothing: it runs to its end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            WorkflowLog.CannotLook(logger, context.Run.Value, e.GetType().Name);
        }
    }
}
