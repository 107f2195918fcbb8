using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Merging;

/// <summary>A value that a side held when it was last synchronised; absent where the field was never synchronised on that side.</summary>
/// <param name="Known">Whether there is one.</param>
/// <param name="Value">The value; null for blank.</param>
public readonly record struct BaseValue(bool Known, string? Value)
{
    /// <summary>No base.</summary>
    public static BaseValue Absent { get; }

    /// <summary>A base.</summary>
    public static BaseValue Of(string? value) => new(true, value);
}

/// <summary>One field as the three trees show it, in the CRM's vocabulary.</summary>
/// <param name="ConnectWise">ConnectWise's value.</param>
/// <param name="Crm">The CRM's value.</param>
/// <param name="ConnectWiseBase">ConnectWise's snapshot.</param>
/// <param name="CrmBase">The CRM's snapshot.</param>
public readonly record struct FieldState(string? ConnectWise, string? Crm, BaseValue ConnectWiseBase, BaseValue CrmBase);

/// <summary>Under which policy a field is merged.</summary>
public sealed record MergePolicy
{
    /// <summary>Which way the field flows (ME-5).</summary>
    public required Direction Direction { get; init; }

    /// <summary>The side whose record was updated more recently; ConnectWise where the times are equal (ME-1).</summary>
    public required Side Newer { get; init; }

    /// <summary>Whether this run writes to the CRM at all.</summary>
    public bool WritesCrm { get; init; } = true;

    /// <summary>Whether this run writes to ConnectWise at all; an import does not.</summary>
    public bool WritesConnectWise { get; init; }

    /// <summary>Whether an emptied value empties the other side (ME-4).</summary>
    public bool EmptyFollows { get; init; } = true;

    /// <summary>Whether a change on the side that must not change is put back; otherwise it is left alone.</summary>
    public bool RestoreDrift { get; init; }
}

/// <summary>What the decision table says of a field.</summary>
public enum MergeVerdict
{
    /// <summary>Neither side changed, or both hold the same: nothing to do.</summary>
    Same,

    /// <summary>Both changed to the same value: only the snapshots move.</summary>
    Converged,

    /// <summary>ConnectWise's value goes to the CRM.</summary>
    ToCrm,

    /// <summary>The CRM's value goes to ConnectWise.</summary>
    ToConnectWise,

    /// <summary>A change that may not flow, or that this run does not carry: it waits.</summary>
    Held,

    /// <summary>A change on the side that the direction forbids, left alone.</summary>
    Drift,

    /// <summary>Both changed differently and ConnectWise won (ME-1).</summary>
    ConflictConnectWise,

    /// <summary>Both changed differently and the CRM won (ME-1).</summary>
    ConflictCrm,
}

/// <summary>The decision for one field.</summary>
/// <param name="Verdict">The cell of the table.</param>
/// <param name="WriteCrm">Whether the CRM gets ConnectWise's value.</param>
/// <param name="WriteConnectWise">Whether ConnectWise gets the CRM's value.</param>
/// <param name="ConnectWiseBase">ConnectWise's snapshot afterwards.</param>
/// <param name="CrmBase">The CRM's snapshot afterwards, for a field that the CRM is not written; a written one's is what the CRM answers.</param>
public readonly record struct FieldDecision(
    MergeVerdict Verdict, bool WriteCrm, bool WriteConnectWise, BaseValue ConnectWiseBase, BaseValue CrmBase);

/// <summary>The decision table of a field: pure, and total over its cells.</summary>
public static class FieldMerge
{
    /// <summary>Decides a field.</summary>
    /// <param name="state">The three trees.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="same">When two values mean the same.</param>
    public static FieldDecision Decide(in FieldState state, MergePolicy policy, Func<string?, string?, bool> same)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(same);
        if (!state.ConnectWiseBase.Known && !state.CrmBase.Known)
        {
            return First(state, policy, same);
        }

        var connectWiseChanged = !state.ConnectWiseBase.Known || !same(state.ConnectWise, state.ConnectWiseBase.Value);
        var crmChanged = !state.CrmBase.Known || !same(state.Crm, state.CrmBase.Value);
        return (connectWiseChanged, crmChanged) switch
        {
            (false, false) => Settled(state, MergeVerdict.Same),
            (true, true) when same(state.ConnectWise, state.Crm) => Settled(state, MergeVerdict.Converged),
            (true, false) => Propagate(state, policy, Side.ConnectWise),
            (false, true) => Propagate(state, policy, Side.Crm),
            (true, true) => Conflict(state, policy),
        };
    }

    // ME-2: no snapshot yet. The winner's value is taken, blanks are filled from the other side, a blank erases nothing.
    private static FieldDecision First(in FieldState state, MergePolicy policy, Func<string?, string?, bool> same)
    {
        if (same(state.ConnectWise, state.Crm))
        {
            return Settled(state, MergeVerdict.Same);
        }

        var source = state switch
        {
            { ConnectWise: null } => Side.Crm,
            { Crm: null } => Side.ConnectWise,
            _ => policy.Newer,
        };
        return Carries(policy, source) ? Carried(state, source) : Waiting(state, policy, source, MergeVerdict.Held);
    }

    private static FieldDecision Propagate(in FieldState state, MergePolicy policy, Side changed)
    {
        var emptied = (changed == Side.ConnectWise ? state.ConnectWise : state.Crm) is null;
        if (Carries(policy, changed) && (!emptied || policy.EmptyFollows))
        {
            return Carried(state, changed);
        }

        if (Allows(policy.Direction, changed))
        {
            return Unmoved(state, MergeVerdict.Held);
        }

        // The direction forbids what happened. Put back only where the tenant said so and this run writes that side.
        var other = changed == Side.ConnectWise ? Side.Crm : Side.ConnectWise;
        return policy.RestoreDrift && Carries(policy, other) ? Carried(state, other) : Unmoved(state, MergeVerdict.Drift);
    }

    private static FieldDecision Conflict(in FieldState state, MergePolicy policy)
    {
        var verdict = policy.Newer == Side.ConnectWise ? MergeVerdict.ConflictConnectWise : MergeVerdict.ConflictCrm;
        return Carries(policy, policy.Newer) ? Carried(state, policy.Newer) with { Verdict = verdict } : Waiting(state, policy, policy.Newer, verdict);
    }

    private static FieldDecision Settled(in FieldState state, MergeVerdict verdict) =>
        new(verdict, false, false, BaseValue.Of(state.ConnectWise), BaseValue.Of(state.Crm));

    private static FieldDecision Carried(in FieldState state, Side source) => source == Side.ConnectWise
        ? new(MergeVerdict.ToCrm, true, false, BaseValue.Of(state.ConnectWise), BaseValue.Of(state.ConnectWise))
        : new(MergeVerdict.ToConnectWise, false, true, BaseValue.Of(state.Crm), BaseValue.Of(state.Crm));

    // The winner's value was not carried. The loser's was seen and decided against. The winner's waits for a run that carries it, or, where the
    // direction never will, the sides have agreed to differ.
    private static FieldDecision Waiting(in FieldState state, MergePolicy policy, Side source, MergeVerdict verdict)
    {
        if (!Allows(policy.Direction, source))
        {
            return Settled(state, verdict);
        }

        return source == Side.Crm
            ? new(verdict, false, false, BaseValue.Of(state.ConnectWise), state.CrmBase)
            : new(verdict, false, false, state.ConnectWiseBase, BaseValue.Of(state.Crm));
    }

    private static FieldDecision Unmoved(in FieldState state, MergeVerdict verdict) =>
        new(verdict, false, false, state.ConnectWiseBase, state.CrmBase);

    private static bool Carries(MergePolicy policy, Side source) =>
        Allows(policy.Direction, source) && (source == Side.ConnectWise ? policy.WritesCrm : policy.WritesConnectWise);

    private static bool Allows(Direction direction, Side source) => direction switch
    {
        Direction.Both => true,
        Direction.FromConnectwise => source == Side.ConnectWise,
        Direction.ToConnectwise => source == Side.Crm,
        Direction.None => false,
    };
}
