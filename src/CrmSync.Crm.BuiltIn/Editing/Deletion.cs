using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Changes;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Crm.BuiltIn.Writing;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>Takes a record away, with all that points to it.</summary>
internal static class Deletion
{
    private const int Batch = 1000;

    public static bool Run(SqliteConnection connection, TenantSchema schema, RecordScope scope, CrmId id, long now)
    {
        if (scope.Row(id) is not { } row || RecordTable.Read(connection, schema.Of(scope.Entity), [row]) is not [var record])
        {
            return false;
        }

        foreach (var entity in Enum.GetValues<Entity>())
        {
            var fields = schema.Of(entity).References.Where(field => field.Definition.References == scope.Entity).ToList();
            if (fields.Count > 0)
            {
                EmptyReferences(connection, schema, entity, fields, id, now);
            }
        }

        var keys = new List<IndexEntry>();
        new RecordKeys(scope, schema.Of(scope.Entity)).Add(keys, row, record.Fields);
        KeyTable.Remove(connection, scope, keys);
        KeyTable.RemoveExternal(connection, scope, record.ExternalKey is { } externalKey ? [externalKey] : []);
        ListTable.LeaveAll(connection, row);
        Invitations.Forget(connection, row);
        RecordTable.Delete(connection, row);
        ChangeTable.Add(connection, scope, [row]);
        return true;
    }

    private static void EmptyReferences(
        SqliteConnection connection, TenantSchema schema, Entity entity, List<SchemaField> fields, CrmId id, long now)
    {
        var scope = schema.Scope(entity);
        for (var rows = Next(scope.Floor); rows.Count > 0; rows = Next(rows[^1]))
        {
            var writes = RecordTable.Read(connection, schema.Of(entity), rows).ConvertAll(record => new CrmWrite
            {
                Id = scope.Id(record.Row),
                Fields = Emptied(record.Fields, fields, id),
            });
            WriteBatch.Run(connection, schema, entity, writes, _ => now);
        }

        List<long> Next(long after)
        {
            KeyTable.CatchUp(connection, scope);
            return KeyTable.RowsReferringTo(connection, scope, id.Value, after, Batch);
        }
    }

    private static FieldValues Emptied(FieldValues record, List<SchemaField> fields, CrmId id)
    {
        var emptied = new FieldValues(fields.Count);
        foreach (var field in fields.Where(field => record[field.Key] == id.Value))
        {
            emptied.Add(field.Key, null);
        }

        return emptied;
    }
}
