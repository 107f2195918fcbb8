using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>
/// What earlier runs were going to write to records that carry the sync's own key and have no link: they have written them and could not link them any
/// more, because they were cancelled, failed, or lost the answer and got a refusal when they asked again.
/// </summary>
internal static class InterruptedWrites
{
    // A run that ended long ago is not what has left a record without a link.
    private const int RunsLookedAt = 20;

    /// <summary>The fields that earlier runs were going to write, by record. A record that none of them was going to write is left out.</summary>
    public static async Task<IReadOnlyDictionary<ConnectWiseId, IReadOnlySet<string>>> FindAsync(
        IRunStore runs, StageContext stage, IReadOnlySet<ConnectWiseId> records)
    {
        var found = new Dictionary<ConnectWiseId, IReadOnlySet<string>>();
        if (records.Count == 0)
        {
            return found;
        }

        var earlier = await runs.ListAsync(stage.Tenant, stage.Run, RunsLookedAt, stage.Cancellation).ConfigureAwait(false);
        foreach (var run in earlier.Where(run => run is { Kind: RunKind.Import, DryRun: false }))
        {
            var parts = await runs.ListPartsAsync(stage.Tenant, run.Id, PartKind.Plan, stage.Cancellation).ConfigureAwait(false);
            foreach (var part in parts.Where(part => part.Stage == stage.Stage))
            {
                using var content = await runs.ReadPartAsync(stage.Tenant, run.Id, part, stage.Cancellation).ConfigureAwait(false);
                foreach (var line in JsonLines.Read<PlanLine>(content!.Memory).Where(line => line.Operation is not null && records.Contains(line.Entry.Id)))
                {
                    found[line.Entry.Id] = found.GetValueOrDefault(line.Entry.Id, new HashSet<string>())
                        .Concat(line.Operation!.Write.Select(field => field.Key)).ToHashSet(StringComparer.Ordinal);
                }
            }
        }

        return found;
    }
}
