using System.Diagnostics;
using System.Diagnostics.Metrics;
using CrmSync.Core.Runs;

namespace CrmSync.Functions.Workflows;

/// <summary>What the app tells of itself beside its log. Tenants, runs and steps are named; records never are.</summary>
internal static class Measures
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "CrmSync.Functions";

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> StepSeconds = Meter.CreateHistogram<double>("crmsync.step.duration", "s", "How long steps take.");
    private static readonly Counter<long> RunsEnded = Meter.CreateCounter<long>("crmsync.runs.ended", "{run}", "Runs by how they ended.");

    /// <summary>Spans of steps.</summary>
    public static ActivitySource Source { get; } = new(Name);

    public static void StepEnded(StepCall call, StepOutcome outcome, TimeSpan taken) =>
        StepSeconds.Record(taken.TotalSeconds, new("crmsync.step", call.Step), new("crmsync.end", outcome.End.ToString()));

    public static void RunEnded(Run run) =>
        RunsEnded.Add(1, new("crmsync.kind", run.Kind.ToString()), new("crmsync.state", run.State.ToString()), new("crmsync.tenant", run.Tenant.Value));
}
