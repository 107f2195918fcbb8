using CrmSync.Core.Records;

namespace CrmSync.Core.Matching;

/// <summary>A record as matching sees it: its keys at each level.</summary>
public sealed class MatchProfile
{
    private readonly MatchKey[][] _levels;
    private readonly string? _company;

    private MatchProfile(MatchKey[][] levels, string? company) => (_levels, _company) = (levels, company);

    /// <summary>All keys, for the look-up of candidates.</summary>
    public IEnumerable<MatchKey> Keys => _levels.SelectMany(keys => keys);

    /// <summary>The profile of a record.</summary>
    /// <param name="entity">What it is.</param>
    /// <param name="fields">Its fields by the CRM's keys; a company reference is a CRM id.</param>
    /// <param name="country">The country of phone numbers without a code.</param>
    /// <param name="externalKey">The key that the sync gave it, or would give it; null for none.</param>
    public static MatchProfile Of(Entity entity, FieldValues fields, string country, string? externalKey = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var levels = MatchRules.LevelsOf(entity);
        var keys = new MatchKey[levels.Count][];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = levels[i] == MatchKind.ExternalKey
                ? externalKey is null ? [] : [new MatchKey(MatchKind.ExternalKey, externalKey)]
                : MatchRules.KeysOf(entity, levels[i], fields, country);
        }

        return new MatchProfile(keys, fields[FieldKeys.Company]);
    }

    /// <summary>At which levels two records match: bit i for level i. Symmetric.</summary>
    public int LevelsShared(MatchProfile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var shared = 0;
        for (var i = 0; i < _levels.Length; i++)
        {
            if (Share(_levels[i], other._levels[i], other._company))
            {
                shared |= 1 << i;
            }
        }

        return shared;
    }

    private bool Share(MatchKey[] mine, MatchKey[] theirs, string? theirCompany)
    {
        foreach (var key in mine)
        {
            // A name says who somebody is only within a company that both belong to (CT-3).
            if (Array.IndexOf(theirs, key) >= 0 && (key.Kind != MatchKind.PersonName || (_company is not null && _company == theirCompany)))
            {
                return true;
            }
        }

        return false;
    }
}
