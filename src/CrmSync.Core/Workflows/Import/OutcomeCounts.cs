using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Counts log entries by outcome.</summary>
internal static class OutcomeCounts
{
    public static StageCounts Of(IEnumerable<RecordLogEntry> entries)
    {
        var outcomes = new long[Enum.GetValues<Outcome>().Length];
        var skipped = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long conflicts = 0;
        foreach (var entry in entries)
        {
            outcomes[(int)entry.Outcome]++;
            conflicts += entry.Changes.Count(change => change.Note == "conflict");
            if (entry.Outcome == Outcome.Skipped)
            {
                var reason = entry.Reason ?? "unknown";
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            }
        }

        return new StageCounts
        {
            Read = outcomes.Sum(),
            Created = outcomes[(int)Outcome.Created],
            Updated = outcomes[(int)Outcome.Updated],
            Linked = outcomes[(int)Outcome.Linked],
            Unchanged = outcomes[(int)Outcome.Unchanged],
            Skipped = skipped,
            Review = outcomes[(int)Outcome.Review],
            Failed = outcomes[(int)Outcome.Failed],
            Conflicts = conflicts,
        };
    }
}
