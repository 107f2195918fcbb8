using CrmSync.Core.Matching;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Looks for CRM records that may be the same things as ConnectWise records without a link.</summary>
internal static class CandidateSearch
{
    /// <summary>The candidates of each record that has any. CRM records that are linked are none (CO-4), nor are those that were made for others.</summary>
    public static async Task<IReadOnlyDictionary<ConnectWiseId, IReadOnlyList<Candidate>>> FindAsync(
        StageContext stage, ILinkStore links, List<(ConnectWiseRecord Record, Translation Translation)> unlinked)
    {
        var found = new Dictionary<ConnectWiseId, IReadOnlyList<Candidate>>();
        if (unlinked.Count == 0)
        {
            return found;
        }

        var country = stage.Mapping.Country;
        var company = stage.Mapping.ConnectWiseCompany;
        var profiles = new Lazy<List<(ConnectWiseId Id, MatchProfile Profile)>>(() => unlinked.ConvertAll(item => (item.Record.Id, MatchProfile.Of(
            stage.Stage, MatchFields(stage.Stage, item), country, ExternalKeys.Of(company, stage.Stage, item.Record.Id)))));
        var records = await stage.Crm.FindCandidatesAsync(stage.Stage, Keys(), stage.Cancellation).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return found;
        }

        var taken = await links.FindByCrmAsync(stage.Tenant, stage.Stage, [.. records.Select(record => record.Id)], stage.Cancellation).ConfigureAwait(false);
        var free = records.Where(record => !taken.ContainsKey(record.Id))
            .Select(record => (Record: record, Profile: MatchProfile.Of(stage.Stage, record.Fields, country, record.ExternalKey))).ToList();
        var byKey = free.SelectMany(item => item.Profile.Keys.Select(key => (Key: key, Item: item))).ToLookup(pair => pair.Key, pair => pair.Item);
        foreach (var (id, profile) in profiles.Value)
        {
            var candidates = profile.Keys.SelectMany(key => byKey[key]).DistinctBy(item => item.Record.Id)
                .Where(item => !ExternalKeys.IsOfAnother(item.Record.ExternalKey, company, stage.Stage, id))
                .Select(item => new Candidate(item.Record.Id, profile.LevelsShared(item.Profile)))
                .Where(candidate => candidate.Levels != 0).OrderBy(candidate => candidate.Crm).ToList();
            if (candidates.Count > 0)
            {
                found[id] = candidates;
            }
        }

        return found;

        // Most of matching is to work these out: a CRM that holds nothing yet does not ask for them.
        IEnumerable<MatchKey> Keys()
        {
            foreach (var key in profiles.Value.SelectMany(item => item.Profile.Keys).Distinct())
            {
                yield return key;
            }
        }
    }

    // Matching looks at ConnectWise's own fields, mapped or not; a company is the CRM's.
    private static FieldValues MatchFields(Entity entity, (ConnectWiseRecord Record, Translation Translation) item)
    {
        var keys = MatchRules.FieldsOf(entity);
        var fields = new FieldValues(keys.Count);
        foreach (var key in keys)
        {
            fields.Add(key, key == FieldKeys.Company ? item.Translation.Values[key] : item.Record.Fields[key]);
        }

        return fields;
    }
}
