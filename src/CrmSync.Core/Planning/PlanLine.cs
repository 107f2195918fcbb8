using System.Text.Json.Serialization;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Planning;

/// <summary>What a plan would do to one record, and all that doing it needs: a line of a plan's part.</summary>
[JsonConverter(typeof(PlanLineConverter))]
public sealed record PlanLine
{
    /// <summary>The record's line as it will stand in the log if everything goes as planned.</summary>
    public required RecordLogEntry Entry { get; init; }

    /// <summary>The operation; null where nothing is to be done.</summary>
    public Operation? Operation { get; init; }
}

/// <summary>What is done to a record when the plan is applied.</summary>
public enum OperationKind
{
    /// <summary>Create it in the CRM and link it.</summary>
    Create,

    /// <summary>Change the linked CRM record.</summary>
    Update,

    /// <summary>Link it to a record that the CRM had, and change what the merge says.</summary>
    Link,

    /// <summary>Only move the snapshots: both sides already hold what they should.</summary>
    Bookkeep,
}

/// <summary>A picture to look at.</summary>
/// <param name="Photo">ConnectWise's reference to it; null where the member has none any more.</param>
public sealed record PictureLook(string? Photo = null);

/// <summary>One operation of a plan.</summary>
public sealed record Operation
{
    /// <summary>What is done.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The fields to write to the CRM. A reference may be planned: it is looked up when the operation is applied.</summary>
    public required FieldValues Write { get; init; }

    /// <summary>What the CRM held in the fields to write: an overwrite happens only while it still does (PL-1). Absent for a create.</summary>
    public FieldValues? Expect { get; init; }

    /// <summary>The list the contact joins.</summary>
    public string? JoinList { get; init; }

    /// <summary>The list the contact leaves.</summary>
    public string? LeaveList { get; init; }

    /// <summary>For an employee: the picture to look at, which is transferred if it has changed (EM-10); null where it is not looked at.</summary>
    public PictureLook? Picture { get; init; }

    /// <summary>ConnectWise's snapshot afterwards; null for a create, whose snapshot is what it writes and blanks for the rest of the mapping.</summary>
    public FieldValues? ConnectWiseBase { get; init; }

    /// <summary>The CRM's snapshot afterwards, for the fields that are not written.</summary>
    public FieldValues? CrmBase { get; init; }

    /// <summary>The ConnectWise type by which the record comes in.</summary>
    public long? Type { get; init; }

    /// <summary>ConnectWise's time of the last change.</summary>
    public DateTimeOffset? ConnectWiseUpdatedAt { get; init; }
}
