using CrmSync.Core.Merging;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>Merges a member into its employee, field by field, by the same table as every other record (ME-3).</summary>
internal sealed class EmployeeMerge(EmployeeContext context)
{
    private readonly IReadOnlyList<MappedField> _fields = context.Mapped();

    /// <summary>Merges; a link without snapshots for a first merge.</summary>
    /// <param name="values">The member in the directory's vocabulary.</param>
    /// <param name="link">The link; null for a first merge.</param>
    /// <param name="employee">The employee.</param>
    /// <param name="leaver">Whether only the state is synchronised.</param>
    public MergedFields Merge(FieldValues values, Link? link, CrmRecord employee, bool leaver)
    {
        var merged = new MergedFields(_fields.Count);
        link = link is null ? null : SentValues.Settle(link, employee.Fields, EmployeeFields.Same);
        foreach (var field in _fields)
        {
            var key = field.Crm;
            var (connectWiseBase, crmBase) = (BaseOf(link?.ConnectWiseSnapshot, key), BaseOf(link?.CrmSnapshot, key));
            if (!values.TryGet(key, out var value) || (leaver && key != FieldKeys.Active) || IsCreateOnly(key))
            {
                merged.Keep(key, connectWiseBase, crmBase);
                continue;
            }

            var state = new FieldState(value, employee.Fields[key], connectWiseBase, crmBase);
            if (key == FieldKeys.EmployeeIds && context.OneEmployeeId)
            {
                // Whichever of the member's ids stands there is right; and what stands there at the first meeting may be somebody else's.
                var one = state.Crm is { } id && (link is null || id == values[FieldKeys.Email]) ? state with { ConnectWise = id } : state;
                merged.Add(key, one, Decide(field, one), link is null);
            }
            else if (key == FieldKeys.EmployeeIds)
            {
                MergeIds(merged, field, state, link is null);
            }
            else
            {
                merged.Add(key, state, key == FieldKeys.Active ? DecideActive(state, field.Policy) : Decide(field, state), link is null);
            }
        }

        return merged;
    }

    private bool IsCreateOnly(string key) =>
        key == FieldKeys.Profile && context.Settings.Directory is { Kind: DirectoryKind.Scim, ProfileOnlyAtCreation: true };

    private static FieldDecision Decide(MappedField field, in FieldState state) =>
        FieldMerge.Decide(state, field.Policy, (left, right) => FieldEquality.Same(field.Kind, left, right, ""));

    // EM-9. What an administrator switched off is not switched on again by the sync: neither at the first meeting, nor when the member leaves meanwhile
    // and comes back. What the sync switched off follows the member.
    private static FieldDecision DecideActive(in FieldState state, MergePolicy policy)
    {
        var first = !state.ConnectWiseBase.Known && !state.CrmBase.Known;
        if (first && state is { ConnectWise: "true", Crm: "false" })
        {
            return new FieldDecision(MergeVerdict.Drift, false, false, BaseValue.Of("true"), BaseValue.Of("true"));
        }

        var decision = FieldMerge.Decide(state, policy, (left, right) => string.Equals(left, right, StringComparison.Ordinal));
        return decision.Verdict == MergeVerdict.Converged && state is { Crm: "false", CrmBase.Value: "true" }
            ? new FieldDecision(MergeVerdict.Same, false, false, state.ConnectWiseBase, state.CrmBase)
            : decision;
    }

    private static void MergeIds(MergedFields merged, MappedField field, in FieldState whole, bool first)
    {
        var (ours, before) = (EmployeeIds.Sorted(whole.ConnectWise), EmployeeIds.Sorted(whole.ConnectWiseBase.Value));
        var view = new FieldState(
            ours,
            EmployeeIds.Managed(whole.Crm, ours, before),
            whole.ConnectWiseBase with { Value = before },
            whole.CrmBase with { Value = EmployeeIds.Managed(whole.CrmBase.Value, ours, before) });
        var decision = Decide(field, view);
        merged.Add(field.Crm, decision.WriteCrm
            ? view with { ConnectWise = EmployeeIds.Merged(whole.Crm, ours, before), Crm = whole.Crm } : view, decision, first);
    }

    private static BaseValue BaseOf(FieldValues? snapshot, string key) =>
        snapshot is not null && snapshot.TryGet(key, out var value) ? BaseValue.Of(value) : BaseValue.Absent;
}
