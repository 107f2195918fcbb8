using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>One operation on its way.</summary>
internal sealed class ApplyItem(RecordLogEntry entry, Operation operation)
{
    public RecordLogEntry Entry { get; set; } = entry;

    public Operation Operation { get; } = operation;

    /// <summary>What is written; null where nothing is.</summary>
    public CrmWrite? Write { get; set; }

    /// <summary>The written fields as they stand afterwards.</summary>
    public FieldValues? Stored { get; set; }

    /// <summary>Whether nothing stood in its way.</summary>
    public bool Applies { get; private set; } = true;

    /// <summary>
    /// Nothing is left to write: it is there already, or all that was to be written points to what did not come to be. In that case nothing was updated.
    /// </summary>
    public ApplyItem WithoutWrite()
    {
        Write = null;
        if (Operation is { Kind: OperationKind.Update, Write.Count: 0 })
        {
            Entry = Entry with { Outcome = Outcome.Unchanged, Changes = [] };
        }

        return this;
    }

    public ApplyItem Left(Outcome outcome, Reason reason, string? message = null)
    {
        Applies = false;
        Write = null;
        Entry = Entry with { Outcome = outcome, Reason = reason.Code, Message = message ?? Entry.Message };
        return this;
    }
}
