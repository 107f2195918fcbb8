using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows.Apply;

namespace CrmSync.Core.Workflows.Import;

/// <summary>The fields that earlier runs have written, or were about to, to records that they could not link any more.</summary>
internal static class InterruptedWrites
{
    /// <summary>The fields by record. A record that no earlier run was going to write is left out.</summary>
    public static async Task<IReadOnlyDictionary<ConnectWiseId, IReadOnlySet<string>>> FindAsync(
        IRunStore runs, StageContext stage, IReadOnlySet<ConnectWiseId> records)
    {
        var found = new Dictionary<ConnectWiseId, IReadOnlySet<string>>();
        await foreach (var line in EarlierPlans.LinesAsync(runs, stage.Step, RunKind.Import, stage.Stage, records, stage.Cancellation).ConfigureAwait(false))
        {
            found[line.Entry.Id] = found.GetValueOrDefault(line.Entry.Id, new HashSet<string>())
                .Concat(line.Operation!.Write.Select(field => field.Key)).ToHashSet(StringComparer.Ordinal);
        }

        return found;
    }
}
