using System.Buffers;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Ports;

/// <summary>Runs with their plans, observations and per-record logs. Parts are bounded pieces (a slice's worth), compressed by the store.</summary>
public interface IRunStore
{
    /// <summary>Stores a new run, unless the tenant has one of the same kind that has not ended: then answers that one and stores nothing (IM-8). Null when stored.</summary>
    Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation);

    /// <summary>Replaces a run's record; one that has ended stays ended. Only one host works on a run at a time.</summary>
    Task UpdateAsync(Run run, CancellationToken cancellation);

    /// <summary>One run of a tenant; null for none.</summary>
    Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation);

    /// <summary>A tenant's runs, newest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="before">Only those older than this one; null for the newest.</param>
    /// <param name="limit">Most to answer.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation);

    /// <summary>Stores a part, replacing one of the same name: writing twice leaves one.</summary>
    Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>The content of a part, which is the caller's to dispose; null for none.</summary>
    Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation);

    /// <summary>The names of a run's parts of one kind, in the order of stage and number.</summary>
    Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation);

    /// <summary>Removes what is of no use once a run has ended: its observations of both sides, claims and decisions, and its planned links.</summary>
    Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation);

    /// <summary>Notes which records a plan will have linked once it is applied, so that the plan of a later stage, and a dry run, can refer to them. Repeating changes nothing.</summary>
    Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation);

    /// <summary>Which of these records a plan of this run will have linked.</summary>
    Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation);
}

/// <summary>What a part of a run holds.</summary>
public enum PartKind
{
    /// <summary>What the run was asked to do under which set-up: later changes of the set-up do not reach into it.</summary>
    Settings,

    /// <summary>Pages as they were received; removed when the run has ended.</summary>
    Observation,

    /// <summary>The ids that were read, for the next reading's slices and as proof of completeness.</summary>
    ReadingMap,

    /// <summary>Candidates that the matcher found; removed when the run has ended.</summary>
    Claims,

    /// <summary>What matching decided over all claims of a stage; removed when the run has ended.</summary>
    Decisions,

    /// <summary>What the run would do to each record, a JSON line each.</summary>
    Plan,

    /// <summary>What became of the records that were written, a JSON line each.</summary>
    Results,

    /// <summary>The other side's records as they were read, a JSON line each; removed when the run has ended.</summary>
    Counterpart,

    /// <summary>What was read below the records of a page, a JSON line for each that has any; removed when the run has ended.</summary>
    Children,
}

/// <summary>What stores ask of the kinds of parts.</summary>
public static class PartKinds
{
    /// <summary>Those that are removed when the run has ended.</summary>
    public static IReadOnlyList<PartKind> Temporary { get; } =
        [PartKind.Observation, PartKind.Children, PartKind.Claims, PartKind.Decisions, PartKind.Counterpart];
}

/// <summary>The name of a part.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Stage">The stage it belongs to.</param>
/// <param name="Number">Its place in the order of parts, from 0.</param>
public readonly record struct PartName(PartKind Kind, Entity Stage, int Number);
