using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Simulation;

/// <summary>
/// Remembers both sides as they were when a run began, and says afterwards which records should not have been linked, or created (S4, CO-2, CO-4, CO-5). It
/// speaks only where there can be no doubt: nobody edited anything meanwhile, and the records in question resemble nobody else.
/// </summary>
internal sealed class MatchWitness(World world)
{
    private const string Country = "US";
    private readonly Dictionary<ConnectWiseId, MatchProfile> _psaProfiles = [];
    private readonly Dictionary<CrmId, MatchProfile> _crmProfiles = [];
    private IReadOnlyList<ConnectWiseRecord> _psa = [];
    private IReadOnlyList<CrmRecord> _crm = [];
    private Entity _entity;
    private HashSet<CrmId> _taken = [];
    private HashSet<ConnectWiseId> _linked = [];

    public static async Task<MatchWitness> OfAsync(World world, Entity entity)
    {
        var links = await LinksAsync(world, entity);
        var linked = links.Select(link => link.ConnectWise).ToHashSet();
        return new MatchWitness(world)
        {
            _entity = entity,
            _linked = linked,
            _taken = [.. links.Select(link => link.Crm)],
            _psa = [.. world.Psa.Of(entity).Where(record => !linked.Contains(record.Id))],
            _crm = [.. world.Crm.Of(entity)],
        };
    }

    /// <summary>What the run did wrong.</summary>
    public async Task<IReadOnlyList<string>> FindingsAsync(Run run)
    {
        var links = await LinksAsync(world, _entity);
        var after = links.Select(link => link.Crm).ToHashSet();
        var linkedAfter = links.Select(link => link.ConnectWise).ToHashSet();
        var findings = new List<string>();
        foreach (var link in links.Where(link => link.Run == run.Id && !_linked.Contains(link.ConnectWise)))
        {
            if (_psa.FirstOrDefault(record => record.Id == link.ConnectWise) is { } record && Judge(record, link.Crm, after, linkedAfter) is { } finding)
            {
                findings.Add($"{finding}: {_entity} {record.Id} in {run.Id}, linked to {link.Crm}");
            }
        }

        return findings;
    }

    private string? Judge(ConnectWiseRecord record, CrmId target, HashSet<CrmId> after, HashSet<ConnectWiseId> linkedAfter)
    {
        var left = _crm.Where(other => other.Id != target && !_taken.Contains(other.Id) && !after.Contains(other.Id)
            && Levels(record, other) != 0 && IsNobodyElses(record, other)).ToList();
        if (_crm.FirstOrDefault(other => other.Id == target) is not { } found)
        {
            return left.Count > 0 ? "CO-2: created although the CRM has one that resembles it and nobody else" : null;
        }

        // A contact's name counts only within its company, which this witness does not follow.
        var levels = Levels(record, found);
        return _entity != Entity.Company ? null
            : levels == 0 ? "S4: linked to what does not resemble it"
            : left.Any(other => (Levels(record, other) & levels) == levels) ? "CO-4: linked although another one matches as well"
            : _psa.Any(other => other.Id != record.Id && !linkedAfter.Contains(other.Id) && ComesIn(other) && (Levels(other, found) & levels) == levels
                && _crm.Count(resembled => Levels(other, resembled) != 0) == 1) ? "CO-5: linked although another record matches as well"
            : null;
    }

    private bool IsNobodyElses(ConnectWiseRecord record, CrmRecord crm) =>
        !ExternalKeys.IsOfAnother(crm.ExternalKey, "acme", _entity, record.Id) && _psa.All(other => other.Id == record.Id || Levels(other, crm) == 0);

    private int Levels(ConnectWiseRecord record, CrmRecord crm) => Profile(record).LevelsShared(Profile(crm));

    private MatchProfile Profile(ConnectWiseRecord record)
    {
        if (!_psaProfiles.TryGetValue(record.Id, out var profile))
        {
            var fields = record.Fields.Without(key => key == FieldKeys.Company);
            _psaProfiles[record.Id] = profile = MatchProfile.Of(_entity, fields, Country, ExternalKeys.Of("acme", _entity, record.Id));
        }

        return profile;
    }

    private MatchProfile Profile(CrmRecord record)
    {
        if (!_crmProfiles.TryGetValue(record.Id, out var profile))
        {
            _crmProfiles[record.Id] = profile = MatchProfile.Of(_entity, record.Fields, Country, record.ExternalKey);
        }

        return profile;
    }

    private static bool ComesIn(ConnectWiseRecord company) => company is { Inactive: false, TypeIds: [1 or 2, ..] };

    private static Task<IReadOnlyList<Link>> LinksAsync(World world, Entity entity) =>
        world.Links.ReadRangeAsync(World.Tenant, entity, new IdRange(0, null), default);
}
