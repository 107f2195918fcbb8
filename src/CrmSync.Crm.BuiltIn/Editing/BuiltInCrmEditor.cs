using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Crm.BuiltIn.Writing;

namespace CrmSync.Crm.BuiltIn;

/// <summary>One tenant's CRM as its own users and administrators change it. The rules for records are those of <see cref="BuiltInCrm"/>.</summary>
public sealed class BuiltInCrmEditor
{
    private const int SeedBatch = 1000;

    private readonly CrmTenant _tenant;

    internal BuiltInCrmEditor(CrmTenant tenant) => _tenant = tenant;

    /// <summary>Adds a record, as a user does: without an external key.</summary>
    public Task<CrmWriteResult> AddAsync(Entity entity, FieldValues fields, CancellationToken cancellation) =>
        WriteAsync(entity, new CrmWrite { Fields = fields }, cancellation);

    /// <summary>Changes a record's given fields, as a user does: where one differs, the time of the last change is now.</summary>
    public Task<CrmWriteResult> EditAsync(Entity entity, CrmId id, FieldValues fields, CancellationToken cancellation) =>
        WriteAsync(entity, new CrmWrite { Id = id, Fields = fields }, cancellation);

    /// <summary>
    /// Deletes a record; false where there is none. Fields of others that point to it are emptied, which changes those records; line items
    /// keep what they sold. Its external key becomes free, its id is never used again.
    /// </summary>
    public Task<bool> DeleteAsync(Entity entity, CrmId id, CancellationToken cancellation) => _tenant.WriteAsync(
        (connection, schema) => Deletion.Run(connection, schema, schema.Scope(entity), id, _tenant.Now), cancellation);

    /// <summary>
    /// Adds records that were last changed when the caller says, in the given order; records that others refer to come first, in an earlier call.
    /// Answers their ids in the same order.
    /// </summary>
    /// <exception cref="ArgumentException">A record was refused. Those of the batches of 1000 before it stay.</exception>
    public async Task<IReadOnlyList<CrmId>> SeedAsync(
        IEnumerable<(Entity Entity, FieldValues Fields, DateTimeOffset UpdatedAt)> records, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(records);
        var ids = new List<CrmId>();
        foreach (var chunk in records.Chunk(SeedBatch))
        {
            ids.AddRange(await _tenant.WriteAsync((connection, schema) => Seeding.Run(connection, schema, chunk), cancellation).ConfigureAwait(false));
        }

        return ids;
    }

    /// <summary>Replaces the choices. A list that is left out goes, with its memberships; records keep the names of choices that have gone.</summary>
    public Task ReplaceChoicesAsync(CrmChoices choices, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(choices);
        return _tenant.WriteAsync((connection, schema) =>
        {
            TenantTable.Write(connection, schema, choices, schema.Custom);
            ListTable.Replace(connection, schema.Tenant, choices.Lists);
            return true;
        }, cancellation);
    }

    /// <summary>
    /// Adds a field of the tenant's own, or replaces the label, the choices and the length of one of the same kind. Its key is
    /// "custom:" and a name. Refusals: "field-key-invalid", "field-kind-invalid", "field-kind-changed".
    /// </summary>
    public Task<Result<FieldDefinition>> DefineFieldAsync(Entity entity, FieldDefinition field, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _tenant.WriteAsync((connection, schema) =>
        {
            var defined = CustomFields.Define(schema.Custom, entity, field, out var after);
            if (defined.Succeeded)
            {
                TenantTable.Write(connection, schema, schema.Choices, after);
            }

            return defined;
        }, cancellation);
    }

    private Task<CrmWriteResult> WriteAsync(Entity entity, CrmWrite write, CancellationToken cancellation) => _tenant.WriteAsync((connection, schema) =>
    {
        var now = _tenant.Now;
        return WriteBatch.Run(connection, schema, entity, [write], _ => now)[0];
    }, cancellation);
}
