using CrmSync.Core.Matching;
using CrmSync.Core.Merging;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Planning;

/// <summary>The observations of one record: what the planner decides from.</summary>
/// <param name="Record">ConnectWise's record.</param>
/// <param name="Translation">The same in the CRM's vocabulary.</param>
/// <param name="Link">Its link with the snapshots; null for none.</param>
/// <param name="Crm">The linked or matched CRM record; null for none.</param>
/// <param name="Match">What matching decided; null for a record that is linked.</param>
/// <param name="Written">
/// The fields of the CRM record that a run wrote which was interrupted before it could link it: the time of their change is the sync's own, and theirs is
/// nobody's newer value (ME-6). Null for none.
/// </param>
public sealed record Observations(
    ConnectWiseRecord Record, Translation Translation, Link? Link, CrmRecord? Crm, MatchDecision? Match, IReadOnlySet<string>? Written = null);

/// <summary>Plans one record at a time. Pure and total: the same observations give the same line.</summary>
public sealed class RecordPlanner(EntityMapping mapping)
{
    /// <summary>The snapshot's key under which the list stands that CrmSync put a contact on (CT-4).</summary>
    private const string ListKey = FieldKeys.List;

    /// <summary>Plans a record.</summary>
    public PlanLine Plan(Observations observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        return observed switch
        {
            { Translation.Skip: { } skip } => Line(observed, Outcome.Skipped, skip),
            { Link: not null, Crm: null } => Line(observed, Outcome.Skipped, Reason.CrmRecordGone),
            { Link: { } link, Crm: { } crm } => Merge(observed, link, crm),
            { Match: { Verdict: MatchVerdict.Match } match, Crm: { } crm } => FirstMerge(observed, match, crm),
            { Match.Verdict: MatchVerdict.Ambiguous } => Line(observed, Outcome.Review, Reason.Ambiguous),
            { Match.Verdict: MatchVerdict.Contested } => Line(observed, Outcome.Review, Reason.Contested),
            _ => Create(observed),
        };
    }

    private PlanLine Line(Observations observed, Outcome outcome, Reason reason) => new()
    {
        Entry = Entry(observed, outcome) with { Reason = reason.Code, Candidates = outcome == Outcome.Review ? observed.Match?.Crm ?? [] : [] },
    };

    private PlanLine Create(Observations observed)
    {
        var values = observed.Translation.Values;
        var write = new FieldValues(values.Count);
        foreach (ref readonly var value in values.AsSpan())
        {
            if (value.Value is not null)
            {
                write.Add(value.Key, value.Value);
            }
        }

        return new PlanLine
        {
            Entry = Entry(observed, Outcome.Created),
            Operation = Operation(OperationKind.Create, observed, write) with
            {
                JoinList = observed.Translation.List,
            },
        };
    }

    private PlanLine FirstMerge(Observations observed, MatchDecision match, CrmRecord crm)
    {
        var merged = Fields(observed, null, crm);
        return new PlanLine
        {
            Entry = Entry(observed, Outcome.Linked) with { Crm = crm.Id, Changes = merged.Changes, MatchedBy = LevelName(match.Level) },
            Operation = Operation(OperationKind.Link, observed, merged.Write) with
            {
                Expect = merged.Expect,
                JoinList = observed.Translation.List,
                ConnectWiseBase = WithList(merged.ConnectWiseBase, observed.Translation.List),
                CrmBase = merged.CrmBase,
            },
        };
    }

    private PlanLine Merge(Observations observed, Link link, CrmRecord crm)
    {
        var merged = Fields(observed, SentValues.Settle(link, crm.Fields, mapping.Same), crm);
        var (join, leave) = ListChange(observed, link);
        var writes = merged.Write.Count > 0 || join is not null || leave is not null;
        var list = join ?? (leave is null ? link.ConnectWiseSnapshot[ListKey] : null);
        var entry = Entry(observed, writes ? Outcome.Updated : Outcome.Unchanged) with { Crm = crm.Id, Changes = merged.Changes };
        if (!writes && !merged.BasesMoved && link.Sent is null
            && link.Type == observed.Translation.Type?.ConnectWise && link.ConnectWiseUpdatedAt == observed.Record.UpdatedAt)
        {
            return new PlanLine { Entry = entry };
        }

        return new PlanLine
        {
            Entry = entry,
            Operation = Operation(writes ? OperationKind.Update : OperationKind.Bookkeep, observed, merged.Write) with
            {
                Expect = merged.Expect,
                JoinList = join,
                LeaveList = leave,
                ConnectWiseBase = WithList(merged.ConnectWiseBase, list),
                CrmBase = merged.CrmBase,
            },
        };
    }

    private MergedFields Fields(Observations observed, Link? link, CrmRecord crm)
    {
        var merged = new MergedFields(mapping.Fields.Count);
        var crmNewer = crm.UpdatedAt > observed.Record.UpdatedAt;
        foreach (var field in mapping.Fields)
        {
            var seen = observed.Translation.Values.TryGet(field.Crm, out var connectWise);
            var connectWiseBase = BaseOf(link?.ConnectWiseSnapshot, field.Crm);
            var crmBase = BaseOf(link?.CrmSnapshot, field.Crm);
            if (!seen)
            {
                // Not observed is not blank: the field keeps what is known of it.
                merged.Keep(field.Crm, connectWiseBase, crmBase);
                continue;
            }

            var state = new FieldState(connectWise, crm.Fields[field.Crm], connectWiseBase, crmBase);
            var written = observed.Written?.Contains(field.Crm) == true || link?.Sent?.Crm.Has(field.Crm) == true;
            var decision = FieldMerge.Decide(
                state, crmNewer && !written ? field.CrmNewer : field.Policy, (left, right) => FieldEquality.Same(field.Kind, left, right, mapping.Country));
            merged.Add(field.Crm, state, decision, first: link is null);
        }

        return merged;
    }

    // CT-4: the list follows the company's type; lists that CrmSync did not choose are left alone.
    private static (string? Join, string? Leave) ListChange(Observations observed, Link link)
    {
        var before = link.ConnectWiseSnapshot[ListKey];
        var after = observed.Translation.List;
        if (link.Sent?.ConnectWise[ListKey] is { } sent && after is not null)
        {
            // On the one or on the other: nobody can tell.
            return (after, after == sent ? before : sent);
        }

        return after is null || after == before ? (null, null) : (after, before);
    }

    private RecordLogEntry Entry(Observations observed, Outcome outcome) => new()
    {
        Id = observed.Record.Id,
        Entity = mapping.Entity,
        Crm = observed.Link?.Crm,
        Outcome = outcome,
        Message = LineItemCheck.Difference(observed.Translation.Values),
    };

    private static Operation Operation(OperationKind kind, Observations observed, FieldValues write) => new()
    {
        Kind = kind,
        Write = write,
        Type = observed.Translation.Type?.ConnectWise,
        ConnectWiseUpdatedAt = observed.Record.UpdatedAt,
    };

    private static FieldValues WithList(FieldValues values, string? list)
    {
        if (list is null)
        {
            return values;
        }

        var copy = values.Copy();
        copy[ListKey] = list;
        return copy;
    }

    private static BaseValue BaseOf(FieldValues? snapshot, string key) =>
        snapshot is not null && snapshot.TryGet(key, out var value) ? BaseValue.Of(value) : BaseValue.Absent;

    private string? LevelName(int level) => level < 0 ? null : MatchRules.NameOf(MatchRules.LevelsOf(mapping.Entity)[level]);
}
