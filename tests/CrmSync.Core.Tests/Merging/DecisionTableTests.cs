using CrmSync.Core.Merging;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Tests.Merging;

/// <summary>Every cell of the decision table, over directions, over the newer side, and over what the run may write.</summary>
public sealed class DecisionTableTests
{
    private static readonly string?[] Values = [null, "x", "y", "z"];

    /// <summary>The cells by example: ConnectWise, CRM, both bases ("-" for absent), direction, newer side, and the verdict.</summary>
    public static TheoryData<string?, string?, string?, string?, Direction, Side, MergeVerdict> Cells => new()
    {
        // = = : no-op, also where the two sides hold it in different forms
        { "x", "x", "x", "x", Direction.Both, Side.ConnectWise, MergeVerdict.Same },
        { "x", "y", "x", "y", Direction.Both, Side.Crm, MergeVerdict.Same },
        { null, null, null, null, Direction.Both, Side.Crm, MergeVerdict.Same },

        // ≠ = : ConnectWise changed
        { "y", "x", "x", "x", Direction.Both, Side.Crm, MergeVerdict.ToCrm },
        { "y", "x", "x", "x", Direction.FromConnectwise, Side.Crm, MergeVerdict.ToCrm },
        { "y", "x", "x", "x", Direction.ToConnectwise, Side.ConnectWise, MergeVerdict.Drift },
        { "y", "x", "x", "x", Direction.None, Side.ConnectWise, MergeVerdict.Drift },

        // = ≠ : the CRM changed; an import does not write to ConnectWise, so the change waits
        { "x", "y", "x", "x", Direction.Both, Side.ConnectWise, MergeVerdict.Held },
        { "x", "y", "x", "x", Direction.FromConnectwise, Side.ConnectWise, MergeVerdict.Drift },

        // ≠ ≠ the same way: only the snapshots move
        { "y", "y", "x", "x", Direction.Both, Side.ConnectWise, MergeVerdict.Converged },
        { null, null, "x", "x", Direction.Both, Side.ConnectWise, MergeVerdict.Converged },

        // ≠ ≠ differently: ME-1 decides
        { "y", "z", "x", "x", Direction.Both, Side.ConnectWise, MergeVerdict.ConflictConnectWise },
        { "y", "z", "x", "x", Direction.Both, Side.Crm, MergeVerdict.ConflictCrm },

        // emptied (ME-4)
        { null, "x", "x", "x", Direction.Both, Side.Crm, MergeVerdict.ToCrm },
        { "x", null, "x", "x", Direction.Both, Side.ConnectWise, MergeVerdict.Held },

        // no base: a first merge (ME-2)
        { "x", "x", "-", "-", Direction.Both, Side.ConnectWise, MergeVerdict.Same },
        { "x", null, "-", "-", Direction.Both, Side.Crm, MergeVerdict.ToCrm },
        { null, "x", "-", "-", Direction.Both, Side.ConnectWise, MergeVerdict.Held },
        { "x", "y", "-", "-", Direction.Both, Side.ConnectWise, MergeVerdict.ToCrm },
        { "x", "y", "-", "-", Direction.Both, Side.Crm, MergeVerdict.Held },
        { "x", "y", "-", "-", Direction.ToConnectwise, Side.ConnectWise, MergeVerdict.Held },

        // one base lost or never made: that side counts as changed
        { "x", "y", "x", "-", Direction.Both, Side.ConnectWise, MergeVerdict.Held },
        { "y", "x", "-", "x", Direction.Both, Side.ConnectWise, MergeVerdict.ToCrm },
        { "y", "z", "x", "-", Direction.Both, Side.ConnectWise, MergeVerdict.ConflictConnectWise },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Decide_Cell_IsTheTables_ME3(string? p, string? c, string? pBase, string? cBase, Direction direction, Side newer, MergeVerdict expected) =>
        Assert.Equal(expected, Decide(new FieldState(p, c, Base(pBase), Base(cBase)), new MergePolicy { Direction = direction, Newer = newer }).Verdict);

    [Fact]
    public void Decide_EmptiedWhileEmptyDoesNotFollow_IsHeld_ME4() => Assert.Equal(
        MergeVerdict.Held,
        Decide(
            new FieldState(null, "x", BaseValue.Of("x"), BaseValue.Of("x")),
            new MergePolicy { Direction = Direction.Both, Newer = Side.ConnectWise, EmptyFollows = false }).Verdict);

    [Fact]
    public void Decide_DriftThatIsToBeRestored_PutsConnectWisesValueBack_ME5()
    {
        var decision = Decide(
            new FieldState("x", "y", BaseValue.Of("x"), BaseValue.Of("x")),
            new MergePolicy { Direction = Direction.FromConnectwise, Newer = Side.Crm, RestoreDrift = true });

        Assert.True(decision.WriteCrm);
    }

    [Fact]
    public void Decide_AnyState_WritesOnlyWhatDirectionAndRunAllow_ME5() => ForAll((state, policy) =>
    {
        var decision = Decide(state, policy);
        Assert.False(decision.WriteCrm && (!policy.WritesCrm || policy.Direction is Direction.ToConnectwise or Direction.None));
        Assert.False(decision.WriteConnectWise && (!policy.WritesConnectWise || policy.Direction is Direction.FromConnectwise or Direction.None));
        Assert.False(decision.WriteCrm && decision.WriteConnectWise);
    });

    [Fact]
    public void Decide_FirstMerge_NeverErasesWithABlank_ME2() => ForAll((state, policy) =>
    {
        if (!state.ConnectWiseBase.Known && !state.CrmBase.Known)
        {
            var decision = Decide(state, policy);
            Assert.False(decision.WriteCrm && state.ConnectWise is null);
            Assert.False(decision.WriteConnectWise && state.Crm is null);
        }
    });

    [Fact]
    public void Decide_AfterItsOwnWrites_WritesNothingMore_ME6() => ForAll((state, policy) =>
    {
        var decision = Decide(state, policy);
        var after = new FieldState(
            decision.WriteConnectWise ? state.Crm : state.ConnectWise, decision.WriteCrm ? state.ConnectWise : state.Crm, decision.ConnectWiseBase, decision.CrmBase);
        var again = Decide(after, policy);

        Assert.False(again.WriteCrm || again.WriteConnectWise, $"{state} {policy} gave {decision}, then {again}");
        Assert.Equal((decision.ConnectWiseBase, decision.CrmBase), (again.ConnectWiseBase, again.CrmBase));
    });

    [Fact]
    public void Decide_ValueOfEitherSide_IsTheOnlyOneWritten_S2() => ForAll((state, policy) =>
    {
        var decision = Decide(state, policy);
        if (decision.WriteCrm)
        {
            Assert.Equal(BaseValue.Of(state.ConnectWise), decision.ConnectWiseBase);
        }

        if (decision.WriteConnectWise)
        {
            Assert.Equal(BaseValue.Of(state.Crm), decision.CrmBase);
        }
    });

    [Fact]
    public void Decide_SidesAndRulesSwapped_IsMirrored_D3() => ForAll((state, policy) =>
    {
        var decision = Decide(state, policy);
        var mirrored = Decide(
            new FieldState(state.Crm, state.ConnectWise, state.CrmBase, state.ConnectWiseBase),
            policy with
            {
                Direction = policy.Direction switch
                {
                    Direction.FromConnectwise => Direction.ToConnectwise,
                    Direction.ToConnectwise => Direction.FromConnectwise,
                    Direction.Both => Direction.Both,
                    Direction.None => Direction.None,
                },
                Newer = policy.Newer == Side.Crm ? Side.ConnectWise : Side.Crm,
                WritesCrm = policy.WritesConnectWise,
                WritesConnectWise = policy.WritesCrm,
            });

        Assert.Equal((decision.WriteCrm, decision.WriteConnectWise, decision.ConnectWiseBase, decision.CrmBase),
            (mirrored.WriteConnectWise, mirrored.WriteCrm, mirrored.CrmBase, mirrored.ConnectWiseBase));
    });

    // All of the space: 4 values on two sides, 5 bases each, 4 directions, 2 newer sides, 16 switches.
    private static void ForAll(Action<FieldState, MergePolicy> check)
    {
        BaseValue[] bases = [BaseValue.Absent, .. Values.Select(BaseValue.Of)];
        var states = from p in Values from c in Values from pBase in bases from cBase in bases select new FieldState(p, c, pBase, cBase);
        var policies =
            from direction in Enum.GetValues<Direction>()
            from newer in Enum.GetValues<Side>()
            from bits in Enumerable.Range(0, 16)
            select new MergePolicy
            {
                Direction = direction,
                Newer = newer,
                WritesCrm = (bits & 1) != 0,
                WritesConnectWise = (bits & 2) != 0,
                EmptyFollows = (bits & 4) != 0,
                RestoreDrift = (bits & 8) != 0,
            };
        var list = policies.ToList();
        foreach (var state in states)
        {
            list.ForEach(policy => check(state, policy));
        }
    }

    private static FieldDecision Decide(FieldState state, MergePolicy policy) => FieldMerge.Decide(state, policy, string.Equals);

    private static BaseValue Base(string? value) => value == "-" ? BaseValue.Absent : BaseValue.Of(value);
}
