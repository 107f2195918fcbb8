using System.Numerics;
using CrmSync.Core.Records;

namespace CrmSync.Core.Matching;

/// <summary>A CRM record that may be the same thing as a ConnectWise record.</summary>
/// <param name="Crm">The CRM record; linked to nothing yet.</param>
/// <param name="Levels">The levels at which they match: bit i for level i; never 0.</param>
public readonly record struct Candidate(CrmId Crm, int Levels);

/// <summary>A ConnectWise record without a link, with all CRM records that match it at some level.</summary>
/// <param name="ConnectWise">The ConnectWise record.</param>
/// <param name="Candidates">Its candidates; may be none.</param>
public sealed record Claim(ConnectWiseId ConnectWise, IReadOnlyList<Candidate> Candidates);

/// <summary>What matching decided.</summary>
public enum MatchVerdict
{
    /// <summary>Nothing matches: the record is new.</summary>
    None,

    /// <summary>One record matches and is wanted by no one else.</summary>
    Match,

    /// <summary>Several CRM records match equally well (CO-4).</summary>
    Ambiguous,

    /// <summary>Several ConnectWise records match one CRM record equally well (CO-5).</summary>
    Contested,
}

/// <summary>The decision for one ConnectWise record.</summary>
/// <param name="Verdict">What was decided.</param>
/// <param name="Crm">The CRM records it is about: one for a match, all that are in question otherwise.</param>
/// <param name="Level">The level that decided, for a match; -1 otherwise.</param>
public sealed record MatchDecision(MatchVerdict Verdict, IReadOnlyList<CrmId> Crm, int Level = -1)
{
    /// <summary>Nothing matches.</summary>
    public static MatchDecision New { get; } = new(MatchVerdict.None, []);
}

/// <summary>Decides between candidates. Pure, total, and independent of the order of its input.</summary>
public static class Matcher
{
    /// <summary>
    /// Decides for one record alone (CO-2, CO-4): the first level with a match decides; where it has several, a later level may decide
    /// among them; where none does, nothing is guessed.
    /// </summary>
    public static MatchDecision Decide(IReadOnlyList<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        IReadOnlyList<Candidate>? among = null;
        var highest = candidates.Count == 0 ? -1 : BitOperations.Log2((uint)candidates.Max(candidate => candidate.Levels));
        for (var level = 0; level <= highest; level++)
        {
            var bit = 1 << level;
            var hits = (among ?? candidates).Where(candidate => (candidate.Levels & bit) != 0).ToList();
            if (hits.Count == 1)
            {
                return new MatchDecision(MatchVerdict.Match, [hits[0].Crm], level);
            }

            among = hits.Count > 1 ? hits : among;
        }

        return among is null ? MatchDecision.New : new MatchDecision(MatchVerdict.Ambiguous, [.. among.Select(candidate => candidate.Crm).Order()]);
    }

    /// <summary>
    /// Decides for all records of a stage together, so that no CRM record is given twice (CO-5). A stronger level goes before a weaker one;
    /// between equals a later level may decide; where none does, all equals wait for a person and the record is given to nobody.
    /// </summary>
    public static IReadOnlyDictionary<ConnectWiseId, MatchDecision> Resolve(IReadOnlyCollection<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var decided = new Dictionary<ConnectWiseId, MatchDecision>(claims.Count);
        var given = new HashSet<CrmId>();
        var open = claims.OrderBy(claim => claim.ConnectWise).ToList();
        while (open.Count > 0)
        {
            var views = open.Select(claim => new View(claim, given)).ToList();
            var level = views.Where(view => view.Decision.Verdict == MatchVerdict.Match).Select(view => view.Decision.Level).DefaultIfEmpty(-1).Min();
            if (level < 0)
            {
                // Nobody can get anything any more: what is ambiguous now stays so.
                views.ForEach(view => decided[view.Claim.ConnectWise] = view.Decision);
                break;
            }

            var wanted = views.Where(view => view.Decision.Verdict == MatchVerdict.Match && view.Decision.Level == level).GroupBy(view => view.Decision.Crm[0]);
            foreach (var rivals in wanted.ToList())
            {
                var best = Narrow(rivals.ToList(), level);
                var verdict = best.Count == 1 ? MatchVerdict.Match : MatchVerdict.Contested;
                best.ForEach(view => decided[view.Claim.ConnectWise] = new MatchDecision(verdict, [rivals.Key], verdict == MatchVerdict.Match ? level : -1));
                given.Add(rivals.Key);
            }

            open.RemoveAll(claim => decided.ContainsKey(claim.ConnectWise));
        }

        return decided;
    }

    // Among those that want one record equally, a later level may leave fewer: the mirror image of CO-4.
    private static List<View> Narrow(List<View> rivals, int level)
    {
        for (var later = level + 1; later < 31 && rivals.Count > 1; later++)
        {
            var hits = rivals.Where(view => (view.LevelsOfChoice >> later & 1) != 0).ToList();
            rivals = hits.Count > 0 ? hits : rivals;
        }

        return rivals;
    }

    private sealed class View
    {
        public View(Claim claim, HashSet<CrmId> given)
        {
            Claim = claim;
            var free = claim.Candidates.Where(candidate => !given.Contains(candidate.Crm)).ToList();
            Decision = Decide(free);
            LevelsOfChoice = Decision.Verdict == MatchVerdict.Match ? free.First(candidate => candidate.Crm == Decision.Crm[0]).Levels : 0;
        }

        public Claim Claim { get; }

        public MatchDecision Decision { get; }

        public int LevelsOfChoice { get; }
    }
}
