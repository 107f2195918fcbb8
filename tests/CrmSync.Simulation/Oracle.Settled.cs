using System.Globalization;
using CrmSync.Core.Matching;
using CrmSync.Core.Merging;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Simulation.Sides;

namespace CrmSync.Simulation;

/// <summary>What the oracle says at the end.</summary>
internal sealed partial class Oracle
{
    /// <summary>What must hold once all is quiet.</summary>
    /// <param name="last">The last run, which had nothing to do.</param>
    /// <param name="writes">How many writes it made.</param>
    public async Task SettledAsync(Run last, int writes)
    {
        if (last.State != RunState.Completed || writes > 0 || last.Report!.Writes > 0)
        {
            Findings.Add(string.Create(CultureInfo.InvariantCulture, $"L2: a run over a quiet world ended {last.State} and wrote {writes}"));
        }

        foreach (var entity in Entities)
        {
            await SettledAsync(entity);
        }
    }

    private async Task SettledAsync(Entity entity)
    {
        var links = await world.Links.ReadRangeAsync(World.Tenant, entity, new IdRange(0, null), default);
        foreach (var group in links.GroupBy(link => link.Crm).Where(group => group.Count() > 1))
        {
            Findings.Add($"S3, CO-5: {group.Key} is linked to {string.Join(", ", group.Select(link => link.ConnectWise))}");
        }

        foreach (var group in world.Crm.Of(entity).Where(record => record.ExternalKey is not null).GroupBy(record => record.ExternalKey).Where(group => group.Count() > 1))
        {
            Findings.Add($"S3: {group.Count()} records for {group.Key}");
        }

        var crm = world.Crm.Of(entity).ToDictionary(record => record.Id);
        var byId = links.ToDictionary(link => link.ConnectWise);
        foreach (var record in world.Psa.Of(entity))
        {
            var comesIn = !record.Inactive && (entity == Entity.Company ? record.TypeIds is [1 or 2, ..] : record.TypeIds.Count == 0 || record.TypeIds.Contains(1));
            if (byId.TryGetValue(record.Id, out var link) && crm.TryGetValue(link.Crm, out var counterpart))
            {
                Linked(entity, record, link, counterpart, comesIn);
            }
            else if (link is null && comesIn && !Resembles(entity, record))
            {
                Findings.Add($"C1: {entity} {record.Id} is in no way in the CRM, and nothing there resembles it");
            }
        }
    }

    private void Linked(Entity entity, ConnectWiseRecord record, Link link, CrmRecord counterpart, bool comesIn)
    {
        if (counterpart.ExternalKey is { } theirs && theirs != KeyOf(entity, record))
        {
            Findings.Add($"S4: {entity} {record.Id} is linked to {counterpart.Id}, which was made for {theirs}");
        }

        foreach (var field in comesIn ? Fields.Mapped(entity).Where(field => field != FieldKeys.Company) : [])
        {
            var (ours, held) = (record.Fields[field], counterpart.Fields[field]);
            if (ours is null && _firstMerged.Contains(counterpart.Id))
            {
                // ME-2: a blank never erases a value in a first merge.
                continue;
            }

            var kind = Fields.Of(entity).First(definition => definition.Key == field).Kind;
            if (!FieldEquality.Same(kind, ours, held, Country) && Fields.Stored(field, ours) != held && !world.Crm.IsUsers(counterpart.Id, field))
            {
                Findings.Add($"L1: {field} of {entity} {record.Id} is \"{ours}\" and of {counterpart.Id} \"{held}\", which no user typed there");
            }
        }
    }

    // What resembles it may be ambiguous, contested or another's: the plan says so, and a person decides.
    private bool Resembles(Entity entity, ConnectWiseRecord record)
    {
        var profile = MatchProfile.Of(entity, record.Fields, Country);
        return world.Crm.Of(entity).Any(other => MatchProfile.Of(entity, other.Fields, Country).Keys.Intersect(profile.Keys).Any());
    }
}
