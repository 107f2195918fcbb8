using CrmSync.Core.Matching;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Matching;

public sealed class MatcherTests
{
    private const int Phone = 1, Website = 2, Name = 4;

    [Fact]
    public void Decide_PhoneAndNameFindDifferentRecords_PhoneDecides_CO2() =>
        Assert.Equal((MatchVerdict.Match, "B", 0), Decide(("A", Name), ("B", Phone)));

    [Fact]
    public void Decide_TwoByPhoneOneOfThemByWebsite_WebsiteDecidesAmongThem_CO4() =>
        Assert.Equal((MatchVerdict.Match, "B", 1), Decide(("A", Phone), ("B", Phone | Website), ("C", Website)));

    [Fact]
    public void Decide_TwoByPhoneAndNothingElse_IsAmbiguous_CO4() => Assert.Equal((MatchVerdict.Ambiguous, "A,B", -1), Decide(("B", Phone), ("A", Phone)));

    [Fact]
    public void Decide_TwoByPhoneWhileAThirdMatchesByName_IsAmbiguousAmongTheTwo_CO4() =>
        Assert.Equal((MatchVerdict.Ambiguous, "A,B", -1), Decide(("A", Phone), ("B", Phone), ("C", Name)));

    [Fact]
    public void Decide_NoCandidates_IsNew() => Assert.Equal((MatchVerdict.None, "", -1), Decide());

    [Fact]
    public void Resolve_StrongerLevelElsewhere_WeakerGetsTheNextBest_CO5()
    {
        var decided = Matcher.Resolve([Claim(1, ("A", Phone)), Claim(2, ("A", Name))]);

        Assert.Equal(MatchVerdict.Match, decided[new(1)].Verdict);
        Assert.Equal(MatchVerdict.None, decided[new(2)].Verdict);
    }

    [Fact]
    public void Resolve_TwoWantOneEqually_NeitherGetsIt_CO5()
    {
        var decided = Matcher.Resolve([Claim(1, ("A", Phone)), Claim(2, ("A", Phone)), Claim(3, ("A", Name))]);

        Assert.Equal([MatchVerdict.Contested, MatchVerdict.Contested, MatchVerdict.None], decided.OrderBy(pair => pair.Key).Select(pair => pair.Value.Verdict));
    }

    [Fact]
    public void Resolve_TwoWantOneByPhoneAndOneOfThemByNameToo_NameDecides_CO4()
    {
        var decided = Matcher.Resolve([Claim(1, ("A", Phone)), Claim(2, ("A", Phone | Name))]);

        Assert.Equal([MatchVerdict.None, MatchVerdict.Match], decided.OrderBy(pair => pair.Key).Select(pair => pair.Value.Verdict));
    }

    [Fact]
    public void Resolve_AmbiguousUntilAnotherTakesOne_TheRestDecides_CO4()
    {
        var decided = Matcher.Resolve([Claim(1, ("A", Website), ("B", Website)), Claim(2, ("A", Phone))]);

        Assert.Equal(new CrmId("B"), Assert.Single(decided[new(1)].Crm));
        Assert.Equal(MatchVerdict.Match, decided[new(1)].Verdict);
    }

    private static (MatchVerdict, string, int) Decide(params (string Crm, int Levels)[] candidates)
    {
        var decision = Matcher.Decide([.. candidates.Select(candidate => new Candidate(new(candidate.Crm), candidate.Levels))]);
        return (decision.Verdict, string.Join(',', decision.Crm), decision.Level);
    }

    private static Claim Claim(long id, params (string Crm, int Levels)[] candidates) =>
        new(new(id), [.. candidates.Select(candidate => new Candidate(new(candidate.Crm), candidate.Levels))]);
}
