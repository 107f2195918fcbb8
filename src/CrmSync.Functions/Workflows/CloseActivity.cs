using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Workflows;

/// <summary>The last activity of a run: stores how it ended, unless its own last step has, and how far it came. Running it again changes nothing.</summary>
/// <param name="runs">The runs.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class CloseActivity(IRunStore runs, TimeProvider time, ILogger<CloseActivity> logger)
{
    /// <summary>Its name.</summary>
    public const string Name = "close";

    /// <summary>Repeated for a day: a run that is not closed blocks its tenant (IM-8).</summary>
    internal static RetryPolicy Retries { get; } = new(300, TimeSpan.FromSeconds(2), 2, TimeSpan.FromMinutes(5));

    /// <summary>Closes a run.</summary>
    [Function(Name)]
    public async Task RunAsync([ActivityTrigger] RunClosing closing)
    {
        ArgumentNullException.ThrowIfNull(closing);
        await CloseAsync(new TenantId(closing.Tenant), new RunId(closing.Run), RunEnding.From(closing.Ending)).ConfigureAwait(false);
    }

    /// <summary>Closes a run, if it has not ended.</summary>
    internal async Task CloseAsync(TenantId tenant, RunId id, RunEnding ending)
    {
        if (await runs.FindAsync(tenant, id, CancellationToken.None).ConfigureAwait(false) is not { } run)
        {
            return;
        }

        var progress = ending.Progress.Stages.Count > 0 ? ending.Progress : run.Progress;
        var closed = run.Ended
            ? run with { Progress = progress }
            : run with { State = ending.State, EndedAt = time.GetUtcNow(), Failure = ending.Failure, Progress = progress };
        await runs.UpdateAsync(closed, CancellationToken.None).ConfigureAwait(false);
        Measures.RunEnded(closed);
        if (closed.State == RunState.Failed)
        {
            WorkflowLog.RunFailed(logger, tenant.Value, id.Value, closed.Failure?.Code ?? "unknown");
        }
        else
        {
            WorkflowLog.RunEnded(logger, tenant.Value, id.Value, closed.State);
        }
    }
}
