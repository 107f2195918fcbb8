using CrmSync.Core.Matching;
using CrmSync.Core.Records;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CrmSync.Core.Tests.Matching;

/// <summary>What holds for every set of claims: small worlds with many collisions, drawn at random.</summary>
[Properties(Arbitrary = [typeof(Worlds)], MaxTest = 3000)]
public sealed class MatcherProperties
{
    [Property]
    public bool Resolve_AnyClaims_DecidesEachOnce(Claim[] claims) =>
        Matcher.Resolve(claims).Keys.Order().SequenceEqual(claims.Select(claim => claim.ConnectWise).Order());

    [Property]
    public bool Resolve_AnyClaims_GivesNoCrmRecordTwice_CO5(Claim[] claims)
    {
        var given = Matcher.Resolve(claims).Values.Where(decision => decision.Verdict == MatchVerdict.Match).Select(decision => decision.Crm[0]).ToList();
        return given.Distinct().Count() == given.Count;
    }

    [Property]
    public bool Resolve_AnyClaims_MatchesOnlyCandidates_S4(Claim[] claims)
    {
        var byId = claims.ToDictionary(claim => claim.ConnectWise);
        return Matcher.Resolve(claims).All(pair => pair.Value.Crm.All(crm => byId[pair.Key].Candidates.Any(candidate => candidate.Crm == crm)));
    }

    [Property]
    public bool Resolve_ShuffledClaimsAndCandidates_DecidesTheSame_D1(Claim[] claims, int seed)
    {
        var shuffle = new Random(seed);
        var shuffled = claims.Select(claim => claim with { Candidates = [.. claim.Candidates.OrderBy(_ => shuffle.Next())] }).OrderBy(_ => shuffle.Next()).ToList();
        return Same(Matcher.Resolve(claims), Matcher.Resolve(shuffled), claims.Select(claim => claim.ConnectWise));
    }

    [Property]
    public bool Resolve_UnrelatedRecordsAdded_DecidesTheSame_D5(Claim[] claims, Claim[] others)
    {
        var unrelated = others.Select(other => new Claim(
            new ConnectWiseId(other.ConnectWise.Value + 1000),
            [.. other.Candidates.Select(candidate => candidate with { Crm = new CrmId("other-" + candidate.Crm.Value) })]));
        return Same(Matcher.Resolve(claims), Matcher.Resolve([.. claims, .. unrelated]), claims.Select(claim => claim.ConnectWise));
    }

    [Property]
    public bool Resolve_OneClaim_DecidesAsAlone_CO4(Claim[] claims)
    {
        return claims.All(claim =>
        {
            var (alone, together) = (Matcher.Decide(claim.Candidates), Matcher.Resolve([claim])[claim.ConnectWise]);
            return alone.Verdict == together.Verdict && alone.Level == together.Level && alone.Crm.SequenceEqual(together.Crm);
        });
    }

    private static bool Same(
        IReadOnlyDictionary<ConnectWiseId, MatchDecision> left, IReadOnlyDictionary<ConnectWiseId, MatchDecision> right, IEnumerable<ConnectWiseId> ids) =>
        ids.All(id => left[id].Verdict == right[id].Verdict && left[id].Level == right[id].Level && left[id].Crm.SequenceEqual(right[id].Crm));

    private static class Worlds
    {
        public static Arbitrary<Claim[]> Claims()
        {
            var candidates = Gen.Choose(1, 4).Zip(Gen.Choose(1, 7)).Select(pair => new Candidate(new CrmId($"C-{pair.Item1}"), pair.Item2)).ListOf()
                .Select(list => (IReadOnlyList<Candidate>)[.. list.DistinctBy(candidate => candidate.Crm)]);
            return candidates.ListOf().Select(lists => lists.Take(7).Select((list, i) => new Claim(new ConnectWiseId(i + 1), list)).ToArray()).ToArbitrary();
        }
    }
}
