using System.Runtime.CompilerServices;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>
/// What earlier runs were going to do to records that carry the sync's own key and have no link: they have written them and could not link them any more,
/// because they were cancelled, failed, or lost the answer and got a refusal when they asked again.
/// </summary>
internal static class EarlierPlans
{
    // A run that ended long ago is not what has left a record without a link.
    private const int RunsLookedAt = 20;

    /// <summary>The lines of earlier runs of a kind that were going to write these records, the latest run's first.</summary>
    public static async IAsyncEnumerable<PlanLine> LinesAsync(
        IRunStore runs, StepContext step, RunKind kind, Entity entity, IReadOnlySet<ConnectWiseId> records,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var earlier = records.Count == 0 ? [] : await runs.ListAsync(step.Tenant, step.Run, RunsLookedAt, cancellation).ConfigureAwait(false);
        foreach (var run in earlier.Where(run => run.Kind == kind && !run.DryRun))
        {
            var parts = await runs.ListPartsAsync(step.Tenant, run.Id, PartKind.Plan, cancellation).ConfigureAwait(false);
            foreach (var part in parts.Where(part => part.Stage == entity))
            {
                using var content = await runs.ReadPartAsync(step.Tenant, run.Id, part, cancellation).ConfigureAwait(false);
                foreach (var line in JsonLines.Read<PlanLine>(content!.Memory).Where(line => line.Operation is not null && records.Contains(line.Entry.Id)))
                {
                    yield return line;
                }
            }
        }
    }
}
