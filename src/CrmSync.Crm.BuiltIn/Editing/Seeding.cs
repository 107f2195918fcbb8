using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Writing;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>Adds records with times of change that the caller gives.</summary>
internal static class Seeding
{
    public static CrmId[] Run(SqliteConnection connection, TenantSchema schema, (Entity Entity, FieldValues Fields, DateTimeOffset UpdatedAt)[] records)
    {
        var ids = new CrmId[records.Length];
        foreach (var entity in records.Select((record, index) => (record, index)).GroupBy(item => item.record.Entity))
        {
            var items = entity.ToList();
            var writes = items.ConvertAll(item => new CrmWrite { Fields = item.record.Fields });
            var results = WriteBatch.Run(connection, schema, entity.Key, writes, i => items[i].record.UpdatedAt.ToUnixTimeMilliseconds());
            for (var i = 0; i < results.Count; i++)
            {
                ids[items[i].index] = results[i].Error is { } error
                    ? throw new ArgumentException($"Record {items[i].index} of its batch was refused: {error.Message}", nameof(records))
                    : results[i].Id!.Value;
            }
        }

        return ids;
    }
}
