using CrmSync.Core.Records;

namespace CrmSync.Core.Runs;

/// <summary>What kind of work a run does.</summary>
public enum RunKind
{
    /// <summary>Brings records from ConnectWise into the CRM.</summary>
    Import,

    /// <summary>Brings ConnectWise's members into the employee directory (EM).</summary>
    EmployeeSync,
}

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Accepted; at work, or about to be taken up again after its host died.</summary>
    Running,

    /// <summary>Asked to stop, and stopping.</summary>
    Cancelling,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Stopped because somebody asked.</summary>
    Cancelled,

    /// <summary>Stopped by a failure that the run could not get around.</summary>
    Failed,

    /// <summary>Stopped by a guard before its first write (PL-3, PL-4); the failure says by which, and with which figures.</summary>
    Stopped,
}

/// <summary>One execution, with how far it is and what it did.</summary>
public sealed record Run
{
    /// <summary>Its id.</summary>
    public required RunId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What it does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The stages it was asked for, in order.</summary>
    public required IReadOnlyList<Entity> Stages { get; init; }

    /// <summary>Whether it only plans (IM-7).</summary>
    public bool DryRun { get; init; }

    /// <summary>What an employee sync was asked for; null for other kinds.</summary>
    public Employees.EmployeeOrder? Employees { get; init; }

    /// <summary>Where it stands.</summary>
    public RunState State { get; init; } = RunState.Running;

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How far it is, and its counts so far.</summary>
    public RunProgress Progress { get; init; } = new();

    /// <summary>What it did; null while it runs.</summary>
    public RunReport? Report { get; init; }

    /// <summary>Why it failed, or which guard stopped it; null where neither happened.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool Ended => State is RunState.Completed or RunState.Cancelled or RunState.Failed or RunState.Stopped;
}

/// <summary>Why a run failed or was stopped.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Message">What happened.</param>
/// <param name="Remedy">What an administrator can do.</param>
public sealed record RunFailure(string Code, string Message, string Remedy);

/// <summary>How far a run is.</summary>
public sealed record RunProgress
{
    /// <summary>The stages so far; one that has not begun is there with what is known of it.</summary>
    public IReadOnlyList<StageProgress> Stages { get; init; } = [];

    /// <summary>What the run was expected to need, told before it reads (PL-8); null before that is known.</summary>
    public RunForecast? Forecast { get; init; }
}

/// <summary>How far one stage is.</summary>
public sealed record StageProgress
{
    /// <summary>Which stage.</summary>
    public required Entity Stage { get; init; }

    /// <summary>How many records ConnectWise says there are; null before it was asked.</summary>
    public long? Expected { get; init; }

    /// <summary>How many were read from ConnectWise.</summary>
    public long Observed { get; init; }

    /// <summary>How many were planned.</summary>
    public long Planned { get; init; }

    /// <summary>How many of those that need a write were written.</summary>
    public long Applied { get; init; }

    /// <summary>How many need a write.</summary>
    public long ToApply { get; init; }

    /// <summary>The counts so far.</summary>
    public StageCounts Counts { get; init; } = new();

    /// <summary>Whether the stage is done.</summary>
    public bool Done { get; init; }
}

/// <summary>What a run is expected to need (PL-8).</summary>
/// <param name="Requests">Requests to ConnectWise.</param>
/// <param name="Seconds">Seconds, by the floor that latency and concurrency set.</param>
/// <param name="ShareOfLimit">Its requests a minute as a share of the 1,000 at which ConnectWise begins to slow clients down.</param>
public sealed record RunForecast(long Requests, double Seconds, double ShareOfLimit)
{
    private const double RequestsAMinute = 1000;

    /// <summary>The forecast of some requests at a latency in seconds, so many of them at once. A run that is over within a minute has only that minute's share.</summary>
    public static RunForecast Of(long requests, double latency, int concurrency)
    {
        var seconds = requests * latency / Math.Max(1, concurrency);
        return new RunForecast(requests, Math.Round(seconds, 3), Math.Round(requests / Math.Max(1, seconds / 60) / RequestsAMinute, 3));
    }
}

/// <summary>What a run did.</summary>
public sealed record RunReport
{
    /// <summary>The stages in order.</summary>
    public required IReadOnlyList<StageReport> Stages { get; init; }

    /// <summary>Records written, to either side.</summary>
    public required long Writes { get; init; }

    /// <summary>Requests sent to ConnectWise, repeated ones included.</summary>
    public required long ConnectWiseRequests { get; init; }

    /// <summary>Wall-clock seconds from acceptance to the end.</summary>
    public required double Seconds { get; init; }

    /// <summary>What it was expected to need (PL-8); null where it ended before that was known.</summary>
    public RunForecast? Forecast { get; init; }

    /// <summary>The seconds below which no reading of these records can fall: pages × median latency ÷ concurrency.</summary>
    public required double FloorSeconds { get; init; }

    /// <summary>What an employee sync did beyond its counts; null for other kinds.</summary>
    public Employees.EmployeeReport? Employees { get; init; }
}

/// <summary>What a run did in one stage.</summary>
public sealed record StageReport
{
    /// <summary>Which stage, by its name ("companies").</summary>
    public required string Stage { get; init; }

    /// <summary>Records read from ConnectWise.</summary>
    public long Read { get; init; }

    /// <summary>Created in the CRM.</summary>
    public long Created { get; init; }

    /// <summary>Changed in the CRM; the record was linked before.</summary>
    public long Updated { get; init; }

    /// <summary>Linked for the first time to a record that the CRM had.</summary>
    public long Linked { get; init; }

    /// <summary>Linked before, and nothing to do.</summary>
    public long Unchanged { get; init; }

    /// <summary>Left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped { get; init; } = new Dictionary<string, long>();

    /// <summary>Waiting for a person's decision.</summary>
    public long Review { get; init; }

    /// <summary>Refused by the CRM, or by what they hold.</summary>
    public long Failed { get; init; }

    /// <summary>Fields that changed on both sides; the values of both stand in the record's log.</summary>
    public long Conflicts { get; init; }

    /// <summary>Whether the reading proved to be complete (PL-4); where it was not, why.</summary>
    public string? Incomplete { get; init; }

    /// <summary>The report of a stage's counts.</summary>
    public static StageReport Of(string stage, StageCounts counts, string? incomplete)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new StageReport
        {
            Stage = stage,
            Read = counts.Read,
            Created = counts.Created,
            Updated = counts.Updated,
            Linked = counts.Linked,
            Unchanged = counts.Unchanged,
            Skipped = counts.Skipped,
            Review = counts.Review,
            Failed = counts.Failed,
            Conflicts = counts.Conflicts,
            Incomplete = incomplete,
        };
    }

    /// <summary>All outcomes together: equals <see cref="Read"/>.</summary>
    public long Accounted() => Created + Updated + Linked + Unchanged + Skipped.Values.Sum() + Review + Failed;
}

/// <summary>Counts of outcomes, which add up.</summary>
public sealed record StageCounts
{
    /// <summary>Records that have an outcome.</summary>
    public long Read { get; init; }

    /// <summary>Created.</summary>
    public long Created { get; init; }

    /// <summary>Changed.</summary>
    public long Updated { get; init; }

    /// <summary>Linked for the first time.</summary>
    public long Linked { get; init; }

    /// <summary>Nothing to do.</summary>
    public long Unchanged { get; init; }

    /// <summary>Left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped { get; init; } = new Dictionary<string, long>();

    /// <summary>Waiting for a person.</summary>
    public long Review { get; init; }

    /// <summary>Refused.</summary>
    public long Failed { get; init; }

    /// <summary>Fields that changed on both sides.</summary>
    public long Conflicts { get; init; }

    /// <summary>The sum of two counts.</summary>
    public static StageCounts operator +(StageCounts left, StageCounts right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new StageCounts
        {
            Read = left.Read + right.Read,
            Created = left.Created + right.Created,
            Updated = left.Updated + right.Updated,
            Linked = left.Linked + right.Linked,
            Unchanged = left.Unchanged + right.Unchanged,
            Skipped = left.Skipped.Concat(right.Skipped).GroupBy(pair => pair.Key).OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)),
            Review = left.Review + right.Review,
            Failed = left.Failed + right.Failed,
            Conflicts = left.Conflicts + right.Conflicts,
        };
    }

    /// <summary>The same sum, for those who cannot write "+".</summary>
    public static StageCounts Add(StageCounts left, StageCounts right) => left + right;
}
