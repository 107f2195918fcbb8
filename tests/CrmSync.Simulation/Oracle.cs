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
internal sealed partial class Oracle(World world, MemoryBackups backups)
{
    private const string Country = "US";
    private static readonly Entity[] Entities = [Entity.Company, Entity.Contact];
    private readonly HashSet<(Entity Entity, string Field, string? Value)> _typed = [];
    private readonly Dictionary<CrmId, RunId> _firstWrittenIn = [];
    private readonly HashSet<CrmId> _firstMerged = [];
    private readonly HashSet<CrmId> _linked = [];
    private readonly HashSet<string> _deleted = [];
    private readonly HashSet<string> _inactive = [];
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

        if (!record.Inactive)
        {
            _inactive.Remove(KeyOf(entity, record));
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

    /// <summary>A run begins.</summary>
    public void Began()
    {
        _inactive.Clear();
        _inactive.UnionWith(Entities.SelectMany(entity => world.Psa.Of(entity).Where(record => record.Inactive).Select(record => KeyOf(entity, record))));
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

        if (edit is { Created: true, ExternalKey: { } made } && _inactive.Contains(made))
        {
            Find("IM-4", edit, "came in although its record was inactive throughout the run");
        }

        var kind = Fields.Of(edit.Entity).First(field => field.Key == edit.Field).Kind;
        if (edit is { Before: not null, After: not null } && FieldEquality.Same(kind, edit.Before, edit.After, Country))
        {
            Find("L3", edit, $"was rewritten from \"{edit.Before}\" to \"{edit.After}\", which mean the same");
        }

        if (!edit.Created && _planned.TryGetValue((world.Current, edit.Id), out var operation)
            && operation.Expect?.TryGet(edit.Field, out var expected) == true
            && !FieldEquality.Same(kind, expected, edit.Before, Country)
            && world.Crm.HasBeenSeen(edit.Id, edit.Field))
        {
            Find("S7", edit, $"was overwritten while it held \"{edit.Before}\"; the plan expected \"{expected}\"");
        }

        // What somebody typed between the last look and the write, no system can know.
        if (!edit.Created && edit.Before is not null && world.Crm.HasBeenSeen(edit.Id, edit.Field) && !backups.Hold(edit.Id, edit.Field, edit.Before))
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

    private static string KeyOf(Entity entity, ConnectWiseRecord record) => ExternalKeys.Of("acme", entity, record.Id);

    private void Find(string property, CrmEdit edit, string what) => Findings.Add($"{property}: {edit.Field} of {edit.Id} {what}");
}
