using CrmSync.Core.Records;

namespace CrmSync.Core.Runs;

/// <summary>What became, or in a plan is to become, of one record.</summary>
public enum Outcome
{
    /// <summary>Created in the CRM.</summary>
    Created,

    /// <summary>Linked before; changed in the CRM.</summary>
    Updated,

    /// <summary>Linked for the first time to a record that the CRM had.</summary>
    Linked,

    /// <summary>Linked before; nothing to do.</summary>
    Unchanged,

    /// <summary>Left out, for a reason.</summary>
    Skipped,

    /// <summary>Waiting for a person's decision.</summary>
    Review,

    /// <summary>Refused by the CRM or the directory.</summary>
    Failed,
}

/// <summary>One record's line in a run's log (IM-9).</summary>
public sealed record RecordLogEntry
{
    /// <summary>The record in ConnectWise.</summary>
    public required ConnectWiseId Id { get; init; }

    /// <summary>The stage it belongs to.</summary>
    public required Entity Entity { get; init; }

    /// <summary>The record in the CRM; null for one that is not there.</summary>
    public CrmId? Crm { get; init; }

    /// <summary>What became of it.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The reason's code, for what was left out, reviewed or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The reason in words, with the details of this record.</summary>
    public string? Message { get; init; }

    /// <summary>How it was matched: the level that decided ("phone"); null where it was not.</summary>
    public string? MatchedBy { get; init; }

    /// <summary>The fields that changed or conflicted.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>CRM records between which a person decides.</summary>
    public IReadOnlyList<CrmId> Candidates { get; init; } = [];
}

/// <summary>One field's change.</summary>
public sealed record FieldChange
{
    /// <summary>The CRM's key of the field.</summary>
    public required string Field { get; init; }

    /// <summary>What the CRM held.</summary>
    public string? Before { get; init; }

    /// <summary>What it holds after the write.</summary>
    public string? After { get; init; }

    /// <summary>Why, where it is more than a plain change: "conflict", "held", "drift", "filled".</summary>
    public string? Note { get; init; }

    /// <summary>For a conflict: the value that lost.</summary>
    public string? Lost { get; init; }
}
