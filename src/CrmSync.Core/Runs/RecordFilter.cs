using CrmSync.Core.Records;

namespace CrmSync.Core.Runs;

/// <summary>Which lines of a run's log are wanted; null means any.</summary>
public sealed record RecordFilter
{
    /// <summary>Only this stage.</summary>
    public Entity? Stage { get; init; }

    /// <summary>Only this outcome.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Only this reason.</summary>
    public string? Reason { get; init; }

    /// <summary>Only this ConnectWise record.</summary>
    public ConnectWiseId? Id { get; init; }

    /// <summary>Whether each line is wanted as it was planned, whatever became of it: what a run that waits for approval would do.</summary>
    public bool AsPlanned { get; init; }

    /// <summary>Whether a line is wanted.</summary>
    public bool Matches(RecordLogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Stage is null || Stage == entry.Entity)
            && (Outcome is null || Outcome == entry.Outcome)
            && (Reason is null || string.Equals(Reason, entry.Reason, StringComparison.Ordinal))
            && (Id is null || Id == entry.Id);
    }
}

/// <summary>A page of a run's log.</summary>
/// <param name="Records">The lines.</param>
/// <param name="Continuation">Where the next page begins; null at the end.</param>
public sealed record RecordLogPage(IReadOnlyList<RecordLogEntry> Records, string? Continuation);

/// <summary>Why one record is, or is not, in the CRM (IM-9).</summary>
public sealed record RecordExplanation
{
    /// <summary>What it is.</summary>
    public required Entity Entity { get; init; }

    /// <summary>The record in ConnectWise.</summary>
    public required ConnectWiseId Id { get; init; }

    /// <summary>The record in the CRM; null for one that is not there.</summary>
    public CrmId? Crm { get; init; }

    /// <summary>Whether it is in the CRM and linked.</summary>
    public required bool InCrm { get; init; }

    /// <summary>The answer in one or two sentences.</summary>
    public required string Answer { get; init; }

    /// <summary>What to do if it should be otherwise; null where there is nothing to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>The run that decided; null where no run has seen it.</summary>
    public RunId? Run { get; init; }

    /// <summary>That run's line about it; null where no run has seen it.</summary>
    public RecordLogEntry? Entry { get; init; }
}
