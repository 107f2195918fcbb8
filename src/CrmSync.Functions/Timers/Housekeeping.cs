using CrmSync.Core.Ports;
using CrmSync.Core.Runs;
using CrmSync.Functions.Workflows;
using CrmSync.Storage.Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Timers;

/// <summary>What the app does by the clock to keep itself clean.</summary>
/// <param name="tenants">The tenants.</param>
/// <param name="runs">Their runs.</param>
/// <param name="stores">The storage.</param>
/// <param name="close">Closes runs that nothing works on.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class Housekeeping(
    ITenantStore tenants, IRunStore runs, AzureStores stores, CloseActivity close, TimeProvider time, ILogger<Housekeeping> logger)
{
    private const int RunsLookedAt = 50;
    private static readonly TimeSpan HistoryKept = TimeSpan.FromDays(14);
    private static readonly TimeSpan PatienceWithStarts = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LeftoversKept = TimeSpan.FromDays(1);

    private static readonly RunFailure NeverStarted = new("never-started", "The app ended just after it had accepted the run.", "Start the run again.");

    /// <summary>
    /// Daily: removes the history of orchestrations that began two weeks ago and have ended, and what crashes and runs have left behind. A run is looked at
    /// every day until then: one whose turn failed, or fell out, has its next.
    /// </summary>
    [Function("purge")]
    public async Task PurgeAsync([TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var now = time.GetUtcNow();
        var old = new PurgeInstancesFilter(
            null, now - HistoryKept, [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated]);
        var purged = await client.PurgeAllInstancesAsync(old, cancellation).ConfigureAwait(false);
        WorkflowLog.Purged(logger, purged.PurgedInstanceCount);
        await ForEachAsync(async run =>
        {
            if (run.EndedAt is { } ended && now - ended >= LeftoversKept && now - ended < HistoryKept)
            {
                await runs.PruneAsync(run.Tenant, run.Id, cancellation).ConfigureAwait(false);
            }
        }, cancellation).ConfigureAwait(false);
        WorkflowLog.LeftContentsRemoved(logger, await stores.RemoveLeftContentsAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Every five minutes: closes runs that were accepted and that nothing works on, so that they do not block their tenants (IM-8).</summary>
    [Function("sweep")]
    public async Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var now = time.GetUtcNow();
        await ForEachAsync(async run =>
        {
            if (run.Ended || now - run.StartedAt < PatienceWithStarts)
            {
                return;
            }

            var instance = await client.GetInstanceAsync(RunOrder.InstanceOf(run.Tenant, run.Id), cancellation).ConfigureAwait(false);
            if (instance is null or { IsCompleted: true })
            {
                WorkflowLog.Abandoned(logger, run.Tenant.Value, run.Id.Value);
                await close.CloseAsync(run.Tenant, run.Id, new RunEnding(RunState.Failed, NeverStarted, new RunProgress())).ConfigureAwait(false);
            }
        }, cancellation).ConfigureAwait(false);
    }

    // What fails for one tenant does not keep the others from their turn.
    private async Task ForEachAsync(Func<Run, Task> look, CancellationToken cancellation)
    {
        foreach (var tenant in await tenants.ListAsync(cancellation).ConfigureAwait(false))
        {
            try
            {
                foreach (var run in await runs.ListAsync(tenant.Id, null, RunsLookedAt, cancellation).ConfigureAwait(false))
                {
                    await look(run).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is this tenant's alone.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                WorkflowLog.TenantLeftOut(logger, tenant.Id.Value, e.GetType().Name);
            }
        }
    }
}
