using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>The side that a plan is applied to: a stage of the CRM, or the directory.</summary>
internal abstract class ApplyTarget
{
    /// <summary>What is written.</summary>
    public abstract Entity Entity { get; }

    /// <summary>The fields that flow.</summary>
    public abstract IReadOnlyList<MappedField> Fields { get; }

    /// <summary>The ConnectWise company that stands in external keys.</summary>
    public abstract string Company { get; }

    /// <summary>How this side is spoken of where a record is left.</summary>
    public abstract ApplyReasons Reasons { get; }

    /// <summary>The records with these ids as they stand now; one that has gone is left out.</summary>
    public abstract Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(IReadOnlyList<CrmId> ids);

    /// <summary>Writes records; the results stand in the order of the writes.</summary>
    public abstract Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes);

    /// <summary>Whether two values of a field mean the same on this side.</summary>
    public abstract bool Same(string key, string? left, string? right);

    /// <summary>What is done after the writes and before the links are stored.</summary>
    public virtual Task AfterWriteAsync(IReadOnlyList<ApplyItem> items) => Task.CompletedTask;

    /// <summary>A link as it is stored.</summary>
    public virtual Link Complete(ApplyItem item, Link link) => link;
}

/// <summary>Why a record is left, in the words of one side.</summary>
/// <param name="Gone">The record is no longer there.</param>
/// <param name="Refused">The write was refused.</param>
/// <param name="Taken">The record belongs to another link.</param>
internal sealed record ApplyReasons(Reason Gone, Reason Refused, Reason Taken);
