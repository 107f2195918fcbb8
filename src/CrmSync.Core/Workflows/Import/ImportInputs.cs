using System.Globalization;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Workflows.Import;

/// <summary>The set-up under which a run works, kept with the run.</summary>
/// <param name="Setup">The tenant's set-up when the run began.</param>
public sealed record RunSettings(TenantSetup Setup);

/// <summary>Input of the step that begins a run.</summary>
/// <param name="Stages">The stages: a history shows what was asked for.</param>
public sealed record BeginInput(IReadOnlyList<Entity> Stages) : IStepInput
{
    /// <inheritdoc />
    public string Key => "run";
}

/// <summary>What the beginning found out.</summary>
/// <param name="Usage">What ConnectWise's client had done before the run.</param>
/// <param name="WriteConcurrency">How many batches the CRM takes at once.</param>
/// <param name="PageSize">Records a page.</param>
/// <param name="Concurrency">Requests at once.</param>
/// <param name="Readings">Slices read at once; 0 from a version that read as many as there were requests.</param>
public sealed record Begun(ConnectWiseUsage Usage, int WriteConcurrency, int PageSize, int Concurrency, int Readings);

/// <summary>Names one stage.</summary>
/// <param name="Stage">Which.</param>
public sealed record StageInput(Entity Stage) : IStepInput
{
    /// <inheritdoc />
    public string Key => Stages.NameOf(Stage);
}

/// <summary>How a stage is going to be read.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Expected">How many records ConnectWise says there are.</param>
/// <param name="Slices">The ranges, in ascending order; the last has an open end.</param>
/// <param name="Requests">Requests that the stage is expected to need at the most, this laying out included (PL-8).</param>
/// <param name="RequestSeconds">How long ConnectWise took to answer just now.</param>
public sealed record OpenedStage(Entity Stage, long Expected, IReadOnlyList<SliceRange> Slices, long Requests, double RequestSeconds);

/// <summary>A range that one step reads.</summary>
/// <param name="Range">The ids.</param>
/// <param name="Expected">For an open end: how many records it held when it was last read; null where that is not known.</param>
public sealed record SliceRange(IdRange Range, long? Expected);

/// <summary>Names one slice of a stage.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Number">The slice's number, from 0.</param>
/// <param name="Range">What to read.</param>
/// <param name="Expected">How many records it is known to hold.</param>
public sealed record SliceInput(Entity Stage, int Number, IdRange Range, long? Expected) : IStepInput
{
    /// <inheritdoc />
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Stages.NameOf(Stage)}/{Number:0000}");
}

/// <summary>What reading a slice gave.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Pages">How many pages.</param>
/// <param name="Read">How many records.</param>
/// <param name="LastId">The last id; 0 for none.</param>
/// <param name="Usage">What ConnectWise's client has done by now.</param>
public sealed record Observed(SliceInput Slice, int Pages, long Read, long LastId, ConnectWiseUsage Usage);

/// <summary>Names what one step plans or applies: the pages of a slice.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Slice">Which slice.</param>
/// <param name="Pages">How many pages it has.</param>
/// <param name="Claimed">Whether it is about the records that had candidates.</param>
public sealed record PartInput(Entity Stage, int Slice, int Pages, bool Claimed) : IStepInput
{
    /// <inheritdoc />
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Stages.NameOf(Stage)}/{Slice:0000}{(Claimed ? "/claimed" : "")}");

    /// <summary>The numbers of its pages.</summary>
    internal IEnumerable<int> PageNumbers => Enumerable.Range(0, Pages).Select(page => PartNumbers.OfPage(Slice, page));
}

/// <summary>
/// How a run's parts are numbered: one part a page, so that nothing larger than a page is ever in memory at once, whatever the size of a slice.
/// </summary>
internal static class PartNumbers
{
    // An open slice may turn out longer than was expected, but never this long: its pages are counted in thousands of records each.
    private const int MostPages = 10_000;

    /// <summary>The number of a page over all slices of its stage: of its observation, its reading map, its claims and its decisions.</summary>
    public static int OfPage(int slice, int page) => (slice * MostPages) + page;

    /// <summary>The number of a page's plan and results: of the records without candidates, or of those that had some.</summary>
    public static int OfPlan(int page, bool claimed) => (page * 2) + (claimed ? 1 : 0);
}

/// <summary>What planning a part gave.</summary>
/// <param name="Part">The part.</param>
/// <param name="Settled">Counts of the records with nothing to do.</param>
/// <param name="Pending">Counts of the records with an operation, as they will be if all goes as planned.</param>
/// <param name="Claims">Records that wait for the decision over candidates.</param>
public sealed record Planned(PartInput Part, StageCounts Settled, StageCounts Pending, int Claims);

/// <summary>What a stage's reading is held against.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="CountBefore">ConnectWise's count before the reading.</param>
/// <param name="Seen">Distinct ids that were read.</param>
public sealed record VerifyInput(Entity Stage, long CountBefore, long Seen) : IStepInput
{
    /// <inheritdoc />
    public string Key => Stages.NameOf(Stage);
}

/// <summary>ConnectWise's count after the reading.</summary>
/// <param name="CountAfter">The count.</param>
/// <param name="Usage">What ConnectWise's client has done by now.</param>
public sealed record Verified(long CountAfter, ConnectWiseUsage Usage);

/// <summary>What applying a part did.</summary>
/// <param name="Counts">Counts of its records.</param>
/// <param name="Writes">Records written to the CRM.</param>
public sealed record Applied(StageCounts Counts, long Writes);

/// <summary>What the end of a run is told.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Stages">The stages' counts.</param>
/// <param name="Writes">Records written.</param>
/// <param name="Requests">Requests to ConnectWise.</param>
/// <param name="PageSeconds">Median seconds a page.</param>
/// <param name="Pages">Pages that hold all the records that were read.</param>
/// <param name="Concurrency">Requests at once.</param>
/// <param name="Forecast">What it was expected to need; null where it ended before that was known.</param>
/// <param name="DryRun">Whether it only planned.</param>
public sealed record FinishInput(
    RunState State, IReadOnlyList<FinishedStage> Stages, long Writes, long Requests, double PageSeconds, long Pages, int Concurrency,
    RunForecast? Forecast, bool DryRun) : IStepInput
{
    /// <inheritdoc />
    public string Key => "run";
}

/// <summary>One stage at the end.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Counts">Its counts.</param>
/// <param name="Incomplete">Why its reading is not complete; null where it is.</param>
/// <param name="Done">Whether it was brought in to its end.</param>
public sealed record FinishedStage(Entity Stage, StageCounts Counts, string? Incomplete, bool Done);
