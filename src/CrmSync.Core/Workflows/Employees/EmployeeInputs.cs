using System.Globalization;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>What an employee sync works under, kept with the run.</summary>
/// <param name="Context">Settings and directory.</param>
/// <param name="Pictures">How the directory takes pictures.</param>
/// <param name="BatchSize">Most writes in one call.</param>
/// <param name="WriteConcurrency">Most calls at once.</param>
public sealed record EmployeeRun(EmployeeContext Context, PictureWay Pictures, int BatchSize, int WriteConcurrency);

/// <summary>Input of a step of which a run has one.</summary>
/// <param name="Order">What the run was asked for.</param>
public sealed record EmployeeInput(EmployeeOrder Order) : IStepInput
{
    /// <inheritdoc />
    public string Key => "run";
}

/// <summary>What the beginning found out.</summary>
/// <param name="Usage">What ConnectWise's client had done before the run.</param>
/// <param name="Asked">Requests that it took to count the members: a client that is new asks where the API is before.</param>
/// <param name="Expected">How many members ConnectWise says there are.</param>
/// <param name="RequestSeconds">How long it took to say so.</param>
/// <param name="PageSize">Members a page.</param>
/// <param name="Concurrency">Requests at once.</param>
public sealed record EmployeesBegun(ConnectWiseUsage Usage, long Asked, long Expected, double RequestSeconds, int PageSize, int Concurrency)
{
    /// <summary>Requests that the reading needs: its pages, and the counts before and after it.</summary>
    public long Requests => Asked + ((Expected + PageSize - 1) / PageSize) + 1;
}

/// <summary>Input of the step that reads the members.</summary>
/// <param name="Expected">How many there are.</param>
public sealed record MembersInput(long Expected) : IStepInput
{
    /// <inheritdoc />
    public string Key => "run";
}

/// <summary>What reading the members gave.</summary>
/// <param name="Pages">How many pages.</param>
/// <param name="Reading">The proof that they are all there (PL-4).</param>
/// <param name="Usage">What ConnectWise's client has done by now.</param>
public sealed record MembersObserved(int Pages, MemberReading Reading, ConnectWiseUsage Usage);

/// <summary>Input of the step that plans.</summary>
/// <param name="Order">What the run was asked for.</param>
/// <param name="Reading">How the reading went.</param>
/// <param name="Pages">How many pages of members were read.</param>
/// <param name="Parts">How many parts of the directory were read.</param>
public sealed record EmployeePlanInput(EmployeeOrder Order, MemberReading Reading, int Pages, int Parts) : IStepInput
{
    /// <inheritdoc />
    public string Key => "run";
}

/// <summary>What planning gave.</summary>
/// <param name="Settled">Counts of the members with nothing to do.</param>
/// <param name="Pending">Counts of the members with an operation, as they will be if all goes as planned.</param>
/// <param name="Pages">The pages that have operations.</param>
/// <param name="Figures">What the guards looked at.</param>
/// <param name="Source">The guard of the source that it trips; null for none.</param>
/// <param name="Limits">The limits that it is over.</param>
public sealed record EmployeesPlanned(
    StageCounts Settled, StageCounts Pending, IReadOnlyList<int> Pages, EmployeeFigures Figures, RunFailure? Source, IReadOnlyList<RunFailure> Limits);

/// <summary>Names the page whose plan one step applies.</summary>
/// <param name="Page">The page.</param>
public sealed record EmployeePageInput(int Page) : IStepInput
{
    /// <inheritdoc />
    public string Key => Page.ToString("0000", CultureInfo.InvariantCulture);
}

/// <summary>What applying a page did.</summary>
/// <param name="Counts">Counts of its members.</param>
/// <param name="Writes">Employees written.</param>
/// <param name="Report">What else it did.</param>
/// <param name="Usage">What ConnectWise's client has done by now.</param>
public sealed record EmployeesApplied(StageCounts Counts, long Writes, EmployeeReport Report, ConnectWiseUsage Usage);

/// <summary>What became of the invitations that were due.</summary>
/// <param name="Accepted">Those that the mail server has accepted.</param>
/// <param name="Refused">Those that it has refused.</param>
/// <param name="Unknown">All whose fate is unknown, from this run or an earlier one.</param>
/// <param name="PutOff">Those that are still due: the next run tries again.</param>
/// <param name="Trouble">Why, in the mail server's words or about it; null where none is put off.</param>
public sealed record InvitationsSent(long Accepted, long Refused, IReadOnlyList<CrmId> Unknown, long PutOff, string? Trouble);

/// <summary>What the end of a run is told.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Counts">The members' counts.</param>
/// <param name="Stopped">The guard that stopped it; null for none.</param>
/// <param name="Incomplete">Why the reading is not complete; null where it is.</param>
/// <param name="Writes">Employees written.</param>
/// <param name="Requests">Requests to ConnectWise.</param>
/// <param name="FloorSeconds">The seconds below which the reading could not fall.</param>
/// <param name="Forecast">What it was expected to need; null where it ended before that was known.</param>
/// <param name="Report">What else it did.</param>
public sealed record EmployeeFinishInput(
    RunState State, StageCounts Counts, RunFailure? Stopped, string? Incomplete, long Writes, long Requests, double FloorSeconds, RunForecast? Forecast,
    EmployeeReport Report) : IStepInput
{
    /// <inheritdoc />
    public string Key => "run";
}
