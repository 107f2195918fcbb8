using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Looks up, when a plan is applied, what its planned references have become.</summary>
internal sealed class PlannedReferences
{
    private readonly StageContext _stage;
    private readonly Dictionary<(Entity, ConnectWiseId), LinkTarget> _targets = [];

    private PlannedReferences(StageContext stage) => _stage = stage;

    public static async Task<PlannedReferences> FindAsync(ImportServices services, StageContext stage, IReadOnlyList<PlanLine> lines)
    {
        var found = new PlannedReferences(stage);
        var wanted = lines.SelectMany(line => found.PointersOf(line.Operation!)).Distinct().GroupBy(pointer => pointer.Entity, pointer => pointer.Id);
        foreach (var group in wanted.ToList())
        {
            var targets = await services.Links.FindTargetsAsync(stage.Tenant, group.Key, [.. group], stage.Cancellation).ConfigureAwait(false);
            foreach (var (id, target) in targets)
            {
                found._targets[(group.Key, id)] = target;
            }
        }

        return found;
    }

    /// <summary>The operation with ids in place of planned references; one whose target did not come to be is left out.</summary>
    public Operation Resolve(Operation operation)
    {
        var (write, snapshot) = (Resolve(operation.Write), operation.ConnectWiseBase is { } held ? Resolve(held) : null);
        return ReferenceEquals(write, operation.Write) && ReferenceEquals(snapshot, operation.ConnectWiseBase)
            ? operation : operation with { Write = write, ConnectWiseBase = snapshot };
    }

    /// <summary>The reason why a record cannot come in without a target that did not come to be; null where it can.</summary>
    public Reason? MissingFor(Entity entity, Operation operation)
    {
        if (entity != Entity.Activity)
        {
            return null;
        }

        return References.Planned(operation.Write[FieldKeys.Contact]) is { } contact && !_targets.ContainsKey((Entity.Contact, contact))
            ? Reason.ContactNotImported : null;
    }

    private FieldValues Resolve(FieldValues values)
    {
        FieldValues? resolved = null;
        foreach (var field in _stage.Mapping.Pointers)
        {
            if (values[field.Crm] is not { } value)
            {
                continue;
            }

            if (field.References is not { } entity)
            {
                var lines = LineItem.Read(value);
                if (lines.Any(line => References.Planned(line.Solution) is not null))
                {
                    (resolved ??= values.Copy())[field.Crm] = LineItem.Write(lines.Select(Resolve));
                }
            }
            else if (References.Planned(value) is { } planned)
            {
                if (_targets.TryGetValue((entity, planned), out var target))
                {
                    (resolved ??= values.Copy())[field.Crm] = target.Crm?.Value;
                }
                else
                {
                    resolved = (resolved ?? values).Without(key => key == field.Crm);
                }
            }
        }

        return resolved ?? values;
    }

    private LineItem Resolve(LineItem line) => References.Planned(line.Solution) is { } planned
        ? line with { Solution = _targets.TryGetValue((Entity.Solution, planned), out var target) ? target.Crm?.Value : null }
        : line;

    // The snapshot may hold one that is not written: the CRM's own value stands.
    private IEnumerable<(Entity Entity, ConnectWiseId Id)> PointersOf(Operation operation) =>
        _stage.Mapping.Pointers.Count == 0 ? [] : operation.ConnectWiseBase is { } snapshot
            ? PointersOf(operation.Write).Concat(PointersOf(snapshot)) : PointersOf(operation.Write);

    private IEnumerable<(Entity Entity, ConnectWiseId Id)> PointersOf(FieldValues values)
    {
        foreach (var field in _stage.Mapping.Pointers)
        {
            if (field.References is { } entity)
            {
                if (References.Planned(values[field.Crm]) is { } planned)
                {
                    yield return (entity, planned);
                }
            }
            else
            {
                foreach (var line in LineItem.Read(values[field.Crm]))
                {
                    if (References.Planned(line.Solution) is { } solution)
                    {
                        yield return (Entity.Solution, solution);
                    }
                }
            }
        }
    }
}
