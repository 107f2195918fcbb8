using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Records;

namespace CrmSync.Crm.BuiltIn.Fields;

/// <summary>What one tenant's records may hold, as of one revision: choices and fields, the customer's own after the standard ones. Immutable.</summary>
internal sealed class TenantSchema
{
    private readonly EntitySchema[] _entities;

    public TenantSchema(long tenant, long revision, CrmChoices choices, IReadOnlyDictionary<Entity, FieldDefinition[]> custom)
    {
        (Tenant, Revision, Choices, Custom) = (tenant, revision, choices, custom);
        _entities = [.. Enum.GetValues<Entity>().Select(Schema)];
    }

    /// <summary>The tenant's number.</summary>
    public long Tenant { get; }

    /// <summary>Grows with every change of choices and fields.</summary>
    public long Revision { get; }

    /// <summary>The choices, without the lists: these are rows of their own.</summary>
    public CrmChoices Choices { get; }

    /// <summary>The fields that the customer has defined.</summary>
    public IReadOnlyDictionary<Entity, FieldDefinition[]> Custom { get; }

    public EntitySchema Of(Entity entity) => _entities[(int)entity];

    public RecordScope Scope(Entity entity) => new(Tenant, entity);

    private EntitySchema Schema(Entity entity) => new(entity,
    [
        .. StandardFields.Of(entity).Select(field => field.Kind == FieldKind.Choice ? field with { Choices = DefaultChoices.Of(Choices, entity, field.Key) } : field),
        .. Custom.GetValueOrDefault(entity) ?? [],
    ]);
}
