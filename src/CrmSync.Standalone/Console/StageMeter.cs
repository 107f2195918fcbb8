using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;

namespace CrmSync.Standalone.Console;

/// <summary>How far a stage is, as a bar shows it.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Share">How much of its work is done, 0 to 1; null where that is not known yet.</param>
/// <param name="Read">Records read.</param>
/// <param name="Expected">Records that there are; null where that is not known yet.</param>
/// <param name="Settled">Records whose outcome is known, in a dry run or not.</param>
/// <param name="PerSecond">Records settled a second since the stage began.</param>
/// <param name="Left">The time it still needs at that pace; null where nothing can be said.</param>
/// <param name="Done">Whether it is done.</param>
internal sealed record StageGauge(
    string Stage, double? Share, long Read, long? Expected, long Settled, double PerSecond, TimeSpan? Left, bool Done);

/// <summary>Turns a run's progress into gauges: the share of the work, the pace and the time left. The clock is handed in.</summary>
internal sealed class StageMeter
{
    private readonly Dictionary<Entity, DateTimeOffset> _begun = [];

    /// <summary>The gauges of a run at a time.</summary>
    public IReadOnlyList<StageGauge> Measure(Run run, DateTimeOffset now) =>
        [.. run.Stages.Select(stage => Measure(stage, run.Progress.Stages.FirstOrDefault(progress => progress.Stage == stage), now))];

    private StageGauge Measure(Entity stage, StageProgress? progress, DateTimeOffset now)
    {
        var name = Stages.NameOf(stage);
        if (progress is null)
        {
            return new StageGauge(name, null, 0, null, 0, 0, null, false);
        }

        if (progress.Observed > 0)
        {
            _begun.TryAdd(stage, now);
        }

        // Reading, planning and writing count alike: each record that needs a write is touched three times.
        var expected = Math.Max(progress.Expected ?? 0, progress.Observed);
        var work = (2 * expected) + progress.ToApply;
        var done = progress.Observed + progress.Planned + progress.Applied;
        double? share = progress.Done ? 1 : work > 0 ? Math.Min(1, (double)done / work) : progress.Expected is null ? null : 0;
        var settled = Math.Max(0, progress.Planned - (progress.ToApply - progress.Applied));
        var elapsed = _begun.TryGetValue(stage, out var begun) ? (now - begun).TotalSeconds : 0;
        var left = progress.Done || share is not (> 0 and < 1) || elapsed <= 0 ? (TimeSpan?)null
            : TimeSpan.FromSeconds(elapsed * (1 - share.Value) / share.Value);
        return new StageGauge(name, share, progress.Observed, progress.Expected, settled, elapsed > 0 ? settled / elapsed : 0, left, progress.Done);
    }
}
