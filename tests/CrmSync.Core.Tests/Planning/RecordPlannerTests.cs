using CrmSync.Core.Matching;
using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using static CrmSync.Core.Tests.Planning.World;

namespace CrmSync.Core.Tests.Planning;

public sealed class RecordPlannerTests
{
    private static readonly MatchDecision Matched = new(MatchVerdict.Match, [new CrmId("C-1")], MatchRules.LevelsOf(Entity.Company).ToList().IndexOf(MatchKind.Phone));

    [Fact]
    public void Plan_TypeNotMapped_IsSkippedWithItsReason_IM3()
    {
        var line = new World { ConnectWise = Company([2], ("name", "Acme")) }.Plan();

        Assert.Equal((Outcome.Skipped, "type-not-mapped", null), (line.Entry.Outcome, line.Entry.Reason, line.Operation));
    }

    [Fact]
    public void Plan_Inactive_IsSkippedWithItsReason_IM4() =>
        Assert.Equal("inactive", new World { ConnectWise = Company([1], Noon, true, ("name", "Acme")) }.Plan().Entry.Reason);

    [Fact]
    public void Plan_SeveralTypes_OnlyTheFirstCounts_CO1()
    {
        Assert.Equal(Outcome.Created, OutcomeOf(new World { ConnectWise = Company([1, 2], ("name", "Acme")) }.Plan()));
        Assert.Equal(Outcome.Skipped, OutcomeOf(new World { ConnectWise = Company([2, 1], ("name", "Acme")) }.Plan()));
    }

    [Fact]
    public void Plan_NoTypeWhileNoTypeIsChosen_ComesIn_SU5() => Assert.Equal(Outcome.Created, OutcomeOf(new World { ConnectWise = Company([], ("name", "Acme")) }.Plan()));

    [Fact]
    public void Plan_NewRecord_IsCreatedWithItsNonBlankMappedFields_ME5()
    {
        var line = new World { ConnectWise = Company([1], ("name", "Acme"), ("phone", null), ("website", "acme.com")) }.Plan();

        Assert.Equal(OperationKind.Create, line.Operation!.Kind);
        Assert.Equal([new("name", "Acme"), new("type", "Client")], line.Operation.Write);
    }

    [Fact]
    public void Plan_Ambiguous_GoesToReviewWithCandidates_CO4()
    {
        var line = new World().Plan(new MatchDecision(MatchVerdict.Ambiguous, [new("A"), new("B")]));

        Assert.Equal((Outcome.Review, "ambiguous-match", null), (line.Entry.Outcome, line.Entry.Reason, line.Operation));
        Assert.Equal([new CrmId("A"), new CrmId("B")], line.Entry.Candidates);
    }

    [Fact]
    public void Plan_FirstMergeConnectWiseNewer_TakesItsValuesAndFillsItsBlanks_ME2()
    {
        var world = new World
        {
            ConnectWise = Company([1], ("name", "Acme Inc"), ("city", null)),
            Crm = InCrm(Noon.AddDays(-1), ("name", "Acme"), ("city", "Berlin"), ("type", "Prospect")),
        };

        var line = world.Plan(Matched);

        Assert.Equal((Outcome.Linked, "phone"), (line.Entry.Outcome, line.Entry.MatchedBy));
        Assert.Equal([new("name", "Acme Inc"), new("type", "Client")], line.Operation!.Write);
    }

    [Fact]
    public void Plan_FirstMergeCrmNewer_KeepsItsValuesAndFillsItsBlanks_ME1()
    {
        var world = new World
        {
            ConnectWise = Company([1], ("name", "Acme Inc"), ("city", "Paris")),
            Crm = InCrm(Noon.AddDays(1), ("name", "Acme"), ("city", null), ("type", "Prospect")),
        };

        var line = world.Plan(Matched);

        Assert.Equal([new("city", "Paris")], line.Operation!.Write);
        Assert.Contains(line.Entry.Changes, change => change is { Field: "name", Note: "held", Lost: "Acme Inc" });
    }

    [Fact]
    public void Plan_EqualTimes_ConnectWiseWins_ME1()
    {
        var world = new World { ConnectWise = Company([1], ("name", "Acme Inc")), Crm = InCrm(Noon, ("name", "Acme"), ("type", "Client")) };

        Assert.Equal([new("name", "Acme Inc")], world.Plan(Matched).Operation!.Write);
    }

    [Fact]
    public void Plan_BothChangedTheSameField_ReportsBothValues_ME3()
    {
        var world = Synchronised(("name", "Acme"));
        world.ConnectWise = Company([1], Noon.AddDays(20), false, ("name", "Acme West"));
        world.Crm = InCrm(Noon.AddDays(19), ("name", "Acme East"), ("type", "Client"));

        var change = Assert.Single(world.Plan().Entry.Changes);

        Assert.Equal(("conflict", "Acme East", "Acme West", "Acme East"), (change.Note, change.Before, change.After, change.Lost));
    }

    [Fact]
    public void Plan_EmptiedInConnectWise_EmptiesTheCrm_ME4()
    {
        var world = Synchronised(("name", "Acme"), ("city", "Paris"));
        world.ConnectWise = Company([1], Noon.AddDays(20), false, ("name", "Acme"), ("city", null));

        Assert.Equal([new("city", null)], world.Plan().Operation!.Write);
    }

    [Fact]
    public void Plan_CrmReformattedThePhone_ChangesNothing_ME3()
    {
        var world = Synchronised(("name", "Acme"), ("phone", "(212) 555-0123"));
        world.Crm = InCrm(Noon.AddDays(11), ("name", "Acme"), ("phone", "+1 212-555-0123"), ("type", "Client"));

        Assert.Equal(Outcome.Unchanged, OutcomeOf(world.Plan()));
        Assert.Empty(world.Plan().Entry.Changes);
    }

    [Fact]
    public void Plan_UnmappedFieldDiffers_IsNeverWritten_ME5()
    {
        var world = Synchronised(("name", "Acme"));
        world.ConnectWise = Company([1], Noon.AddDays(20), false, ("name", "Acme"), ("website", "new.example"));

        Assert.Equal(Outcome.Unchanged, OutcomeOf(world.Plan()));
    }

    [Fact]
    public void Plan_FieldOnlyTowardsConnectWise_IsNotWrittenToTheCrm_ME5()
    {
        var world = new World(new FieldMapping(FieldKeys.Name, FieldKeys.Name), new FieldMapping(FieldKeys.City, FieldKeys.City, Direction.ToConnectwise))
        {
            ConnectWise = Company([1], ("name", "Acme"), ("city", "Paris")),
            Crm = InCrm(Noon.AddDays(-1), ("name", "Acme"), ("type", "Client")),
        };

        Assert.Empty(world.Plan(Matched).Operation!.Write);
    }

    [Fact]
    public void Plan_LinkedRecordGoneFromTheCrm_IsNotCreatedAgain()
    {
        var world = Synchronised(("name", "Acme"));
        world.Crm = null;

        Assert.Equal((Outcome.Skipped, "crm-record-gone"), (world.Plan().Entry.Outcome, world.Plan().Entry.Reason));
    }

    [Fact]
    public void Plan_AfterItWasApplied_IsEmpty_D4()
    {
        var random = new Random(20260301);
        string?[] values = [null, "Acme", "Acme Inc", "(212) 555-0123", "+1 212 555 0123"];
        string? Any() => values[random.Next(values.Length)];
        for (var i = 0; i < 200_000; i++)
        {
            var world = new World { ConnectWise = Company([1], Noon.AddDays(random.Next(3)), false, ("name", Any()), ("phone", Any()), ("city", Any())) };
            if (random.Next(2) == 0)
            {
                world.Crm = InCrm(Noon.AddDays(random.Next(3)), ("name", Any()), ("phone", Any()), ("city", Any()));
            }

            world.Apply(world.Plan(world.Crm is null ? null : Matched));
            if (random.Next(2) == 0)
            {
                world.ConnectWise = Company([1], Noon.AddDays(random.Next(20)), false, ("name", Any()), ("phone", Any()), ("city", Any()));
                world.Crm = InCrm(Noon.AddDays(random.Next(20)), ("name", Any()), ("phone", Any()), ("city", Any()), ("type", "Client"));
                world.Apply(world.Plan());
            }

            var again = world.Plan();

            Assert.True(again.Operation is null, $"case {i} of seed 20260301: {CoreJson.Serialize(again)}");
        }
    }

    private static World Synchronised(params (string Key, string? Value)[] fields)
    {
        var world = new World { ConnectWise = Company([1], fields) };
        world.Apply(world.Plan());
        return world;
    }
}
