using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows;

namespace CrmSync.Core.Runs;

/// <summary>Stops runs of every kind (IM-5).</summary>
/// <param name="runs">The runs.</param>
/// <param name="workflows">The host's runner.</param>
public sealed class RunCanceller(IRunStore runs, IWorkflowHost workflows)
{
    /// <summary>Asks a run to stop: what is done stays done, and the report says how far it came. Refused: "run-unknown", "run-ended".</summary>
    public async Task<Result<Run>> CancelAsync(TenantId tenant, RunId id, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(tenant, id, cancellation).ConfigureAwait(false);
        if (run is null)
        {
            return new Refusal(RefusalKind.NotFound, "run-unknown", $"There is no run {id}.", "See the list of runs.") { Field = "run" };
        }

        if (run.Ended)
        {
            return new Refusal(RefusalKind.Conflict, "run-ended", $"The run {id} has ended.", "See its report.") { Field = "run" };
        }

        await workflows.CancelAsync(tenant, id, cancellation).ConfigureAwait(false);
        return await runs.FindAsync(tenant, id, cancellation).ConfigureAwait(false) ?? run;
    }
}
