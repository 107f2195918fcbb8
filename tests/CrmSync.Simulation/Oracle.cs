using System.Globalization;
using CrmSync.Core.Matching;
using CrmSync.Core.Merging;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Simulation.Engine;
using CrmSync.Simulation.Sides;

namespace CrmSync.Simulation;

/// <summary>Knows what people typed, sees every write, and says what may never be.</summary>
internal sealed class Oracle(World world, MemoryBackups backups)
{
    private const string Country = "US";
    private static readonly Entity[] Entities = [Entity.Company, Entity.Contact];
    private readonly HashSet<(Entity Entity, string Field, string? Value)> _typed = [];
    private readonly Dictionary<CrmId, RunId> _firstWrittenIn = [];
    private readonly HashSet<CrmId> _firstMerged = [];
    private readonly HashSet<CrmId> _linked = [];
    private readonly HashSet<string> _deleted = [];
    private readonly Dictionary<(RunId Run, CrmId Crm), Operation> _planned = [];

    /// <summary>What was found wrong, in the order of the findings.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Somebody typed a record into ConnectWise.</summary>
    public void Typed(Entity entity, ConnectWiseRecord record)
    {
        foreach (var (field, value) in record.Fields)
        {
            _typed.Add((entity, field, Fields.Stored(field, value)));
        }
    }

    /// <summary>A link was stored. A record that an earlier run has written and could not link had no snapshot until then: a first merge.</summary>
    public void Linked(Link link)
    {
        if (_linked.Add(link.Crm) && _firstWrittenIn.TryGetValue(link.Crm, out var run) && run != world.Current)
        {
            _firstMerged.Add(link.Crm);
        }
    }

    /// <summary>
    /// Somebody deletes a record of the CRM: one that is linked does not come back by itself. Where the run that created it died and is taken up again, its
    /// create is done again: that it was there already, nobody can tell any more.
    /// </summary>
    public void Deleted(CrmRecord record)
    {
        if (_linked.Contains(record.Id) && record.ExternalKey is { } key && _firstWrittenIn.GetValueOrDefault(record.Id) != world.Current)
        {
            _deleted.Add(key);
        }
    }

    /// <summary>A part of a plan was stored.</summary>
    public void Planned(RunId run, ReadOnlyMemory<byte> part)
    {
        foreach (var line in JsonLines.Read<PlanLine>(part).Where(line => line is { Operation: not null, Entry.Crm: not null }))
        {
            _planned[(run, line.Entry.Crm!.Value)] = line.Operation!;
        }
    }

    /// <summary>C3, F25: where ConnectWise counts more than it lists, and nobody edits meanwhile, the report says that the reading is not whole.</summary>
    public void Counted(Run run)
    {
        if (world.Psa.Excess > 0 && run.State == RunState.Completed && run.Report!.Stages.Any(stage => stage.Incomplete is null))
        {
            Findings.Add($"C3: {run.Id} says that it has read everything, and ConnectWise counts {world.Psa.Excess} more");
        }
    }

    /// <summary>The import changed a field of the CRM.</summary>
    public void Written(CrmEdit edit)
    {
        _firstWrittenIn.TryAdd(edit.Id, world.Current);
        if (edit.Field != FieldKeys.Type && !Fields.Mapped(edit.Entity).Contains(edit.Field))
        {
            Find("S8", edit, "is not mapped and was written");
        }

        if (edit.Field is not (FieldKeys.Type or FieldKeys.Company) && edit.After is not null && !_typed.Contains((edit.Entity, edit.Field, edit.After)))
        {
            Find("S2", edit, $"got \"{edit.After}\", which nobody typed");
        }

        if (edit is { Created: true, ExternalKey: { } key } && _deleted.Contains(key))
        {
            Find("S5", edit, "was created although somebody had deleted it");
        }

        var kind = Fields.Of(edit.Entity).First(field => field.Key == edit.Field).Kind;
        if (edit is { Before: not null, After: not null } && FieldEquality.Same(kind, edit.Before, edit.After, Country))
        {
            Find("L3", edit, $"was rewritten from \"{edit.Before}\" to \"{edit.After}\", which mean the same");
        }

        if (!edit.Created && _planned.TryGetValue((world.Current, edit.Id), out var operation) && operation.Expect?.TryGet(edit.Field, out var expected) == true
            && !FieldEquality.Same(kind, expected, edit.Before, Country) && world.Crm.HasBeenSeen(edit.Id, edit.Field))
        {
            Find("S7", edit, $"was overwritten while it held \"{edit.Before}\"; the plan expected \"{expected}\"");
        }

        if (!edit.Created && edit.Before is not null && !backups.Hold(edit.Id, edit.Field, edit.Before))
        {
            Find("S1, S11", edit, $"lost \"{edit.Before}\", which stands in no backup");
        }
    }

    /// <summary>Every record of a run has an outcome (IM-9), and each that was there throughout was seen once (C1).</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">The records that were there when it began.</param>
    public async Task AccountedAsync(Run run, IReadOnlyList<(Entity Entity, ConnectWiseId Id)> before)
    {
        if (run.State == RunState.Completed)
        {
            var seen = await SeenAsync(run);
            var still = Entities.SelectMany(entity => world.Psa.Of(entity).Select(record => (entity, record.Id))).ToHashSet();
            foreach (var record in before.Where(still.Contains).Where(record => seen.GetValueOrDefault(record) != 1))
            {
                Findings.Add($"C1: {record.Entity} {record.Id} was there throughout {run.Id} and seen {seen.GetValueOrDefault(record)} times");
            }
        }

        foreach (var stage in run.Report?.Stages ?? [])
        {
            if (stage.Read != stage.Accounted())
            {
                Findings.Add($"IM-9: {stage.Stage} read {stage.Read} and accounted for {stage.Accounted()}");
            }
        }
    }

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
        var key = ExternalKeys.Of("acme", entity, record.Id);
        if (counterpart.ExternalKey is { } theirs && theirs != key)
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

    private async Task<Dictionary<(Entity, ConnectWiseId), int>> SeenAsync(Run run)
    {
        var seen = new Dictionary<(Entity, ConnectWiseId), int>();
        foreach (var part in await world.Runs.ListPartsAsync(World.Tenant, run.Id, PartKind.Plan, default))
        {
            using var content = await world.Runs.ReadPartAsync(World.Tenant, run.Id, part, default);
            foreach (var line in JsonLines.Read<PlanLine>(content!.Memory))
            {
                seen[(part.Stage, line.Entry.Id)] = seen.GetValueOrDefault((part.Stage, line.Entry.Id)) + 1;
            }
        }

        return seen;
    }

    // What resembles it may be ambiguous, contested or another's: the plan says so, and a person decides.
    private bool Resembles(Entity entity, ConnectWiseRecord record)
    {
        var profile = MatchProfile.Of(entity, record.Fields, Country);
        return world.Crm.Of(entity).Any(other => MatchProfile.Of(entity, other.Fields, Country).Keys.Intersect(profile.Keys).Any());
    }

    private void Find(string property, CrmEdit edit, string what) => Findings.Add($"{property}: {edit.Field} of {edit.Id} {what}");
}
