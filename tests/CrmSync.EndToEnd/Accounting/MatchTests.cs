using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Simulator.Crm;

namespace CrmSync.EndToEnd.Accounting;

/// <summary>What was there before is found again, and nothing else is taken for it.</summary>
[Collection(ImportedAccount.Name)]
public sealed class MatchTests(ImportedAccount account)
{
    private Dictionary<(string Entity, CrmId Id), SeededCrmRecord> Seeds =>
        account.World.Seeds.Values.ToDictionary(seed => (seed.Seed.Entity, seed.Id), seed => seed.Seed);

    [Fact]
    public void Link_ToARecordFromBefore_IsItsTrueCounterpart_CO2_CO4_CT3_SO2()
    {
        var seeds = Seeds;
        var linked = account.Log.Values.Where(line => line.Outcome == Outcome.Linked).ToList();

        Assert.All(linked, line => Assert.Equal((long?)line.Id.Value, seeds[(line.Entity.ToString(), line.Crm!.Value)].ConnectWiseId));
        Assert.Superset(
            new HashSet<string> { "phone", "website", "name", "email", "name-in-company", "sku" }, linked.Select(line => line.MatchedBy!).ToHashSet());
    }

    [Fact]
    public void Review_OfACompany_NamesTheCandidatesAndCreatesNothing_CO4()
    {
        var seeds = Seeds;
        var reviews = account.Of(Entity.Company).Where(line => line.Outcome == Outcome.Review).ToList();

        Assert.NotEmpty(reviews);
        Assert.All(reviews, line =>
        {
            Assert.Null(line.Crm);
            Assert.NotEmpty(line.Candidates);
            Assert.All(line.Candidates, candidate => Assert.Contains((nameof(Entity.Company), candidate), seeds.Keys));
        });
    }

    [Fact]
    public void Seed_WhoseCounterpartComesIn_IsLinkedOrReviewedAndNeverDoubled_CO2()
    {
        var known = account.World.Seeds.Values.Where(seed => seed.Seed is { ConnectWiseId: not null, Entity: not nameof(Entity.User) });

        Assert.All(known, seed =>
        {
            var line = account.Log[(Enum.Parse<Entity>(seed.Seed.Entity), seed.Seed.ConnectWiseId!.Value)];
            Assert.True(
                line.Outcome is Outcome.Linked or Outcome.Review or Outcome.Skipped || IsOfACompanyNotLinked(seed.Seed),
                $"{seed.Seed.Key} ({seed.Seed.Resemblance}): {line.Outcome}");
        });
    }

    // A contact known by name only is found within its company: where that was not linked, it cannot be.
    private bool IsOfACompanyNotLinked(SeededCrmRecord seed) =>
        seed is { Entity: nameof(Entity.Contact), Resemblance: Resemblance.Name }
        && account.World.Seeds[seed.Fields[FieldKeys.Company]].Id is var company
        && !account.Links.Any(link => link.Key.Entity == Entity.Company && link.Value == company);
}
