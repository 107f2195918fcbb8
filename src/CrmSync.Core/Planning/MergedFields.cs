using CrmSync.Core.Merging;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Planning;

/// <summary>The field decisions of one record, gathered for its operation and its line in the log.</summary>
internal sealed class MergedFields(int capacity)
{
    /// <summary>How a change says that somebody made it on the side that the field does not flow from.</summary>
    public const string Drift = "drift";

    private List<FieldChange>? _changes;

    public FieldValues Write { get; } = new(4);

    public FieldValues Expect { get; } = new(4);

    public FieldValues ConnectWiseBase { get; } = new(capacity);

    public FieldValues CrmBase { get; } = new(capacity);

    public bool BasesMoved { get; private set; }

    public IReadOnlyList<FieldChange> Changes => _changes ?? (IReadOnlyList<FieldChange>)[];

    public void Keep(string key, BaseValue connectWise, BaseValue crm)
    {
        Remember(ConnectWiseBase, key, connectWise);
        Remember(CrmBase, key, crm);
    }

    public void Add(string key, in FieldState state, in FieldDecision decision, bool first)
    {
        BasesMoved |= decision.ConnectWiseBase != state.ConnectWiseBase || decision.CrmBase != state.CrmBase;
        Remember(ConnectWiseBase, key, decision.ConnectWiseBase);
        if (decision.WriteCrm)
        {
            Write[key] = state.ConnectWise;
            Expect[key] = state.Crm;
        }
        else
        {
            Remember(CrmBase, key, decision.CrmBase);
        }

        if (ChangeOf(key, state, decision, first) is { } change)
        {
            (_changes ??= []).Add(change);
        }
    }

    private static FieldChange? ChangeOf(string key, in FieldState state, in FieldDecision decision, bool first) => decision.Verdict switch
    {
        MergeVerdict.Same or MergeVerdict.Converged => null,
        MergeVerdict.ToCrm => new FieldChange { Field = key, Before = state.Crm, After = state.ConnectWise, Note = first && state.Crm is null ? "filled" : null },
        MergeVerdict.ConflictConnectWise => new FieldChange
        {
            Field = key,
            Before = state.Crm,
            After = decision.WriteCrm ? state.ConnectWise : state.Crm,
            Note = "conflict",
            Lost = state.Crm,
        },
        MergeVerdict.ConflictCrm => new FieldChange { Field = key, Before = state.Crm, After = state.Crm, Note = "conflict", Lost = state.ConnectWise },
        MergeVerdict.Held => new FieldChange { Field = key, Before = state.Crm, After = state.Crm, Note = "held", Lost = first ? state.ConnectWise : null },
        MergeVerdict.Drift => new FieldChange { Field = key, Before = state.Crm, After = state.Crm, Note = Drift },
        MergeVerdict.ToConnectWise => new FieldChange { Field = key, Before = state.Crm, After = state.Crm, Note = "to-connectwise" },
    };

    private static void Remember(FieldValues snapshot, string key, BaseValue value)
    {
        if (value.Known)
        {
            snapshot[key] = value.Value;
        }
    }
}
