using CrmSync.Core;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Writing;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Records;

/// <summary>The rows of records.</summary>
internal static class RecordTable
{
    private const string Find = "SELECT id, external_key, updated_at, fields FROM crm_records WHERE id = ?1";
    private const string Page = "SELECT id, external_key, updated_at, fields FROM crm_records WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3";
    private const string CountAll = "SELECT COUNT(*) FROM crm_records WHERE id > $1 AND id <= $2";
    private const string Put = "INSERT OR REPLACE INTO crm_records (id, external_key, updated_at, fields) VALUES (?1, ?2, ?3, ?4)";
    private const string Remove = "DELETE FROM crm_records WHERE id = $1";
    private const string AddDeleted = "INSERT INTO crm_deleted (record) VALUES ($1)";
    private const string FindDeleted = "SELECT 1 FROM crm_deleted WHERE record = ?1";
    private const string FirstDeleted = "SELECT 1 FROM crm_deleted WHERE record > $1 AND record <= $2 LIMIT 1";
    private const string ReadLast = "SELECT last FROM crm_sequences WHERE scope = $1";
    private const string WriteLast = "INSERT OR REPLACE INTO crm_sequences (scope, last) VALUES ($1, $2)";

    // Ids begin above it, so that the first ones already look like ids.
    private const long BeforeFirst = 1000;

    /// <summary>The records of these rows, in their order; one that is not there is left out.</summary>
    public static List<StoredRecord> Read(SqliteConnection connection, EntitySchema schema, IEnumerable<long> rows)
    {
        var statement = connection.Bulk(Find);
        var records = new List<StoredRecord>();
        foreach (var row in rows)
        {
            statement.Bind(row);
            if (statement.Step())
            {
                records.Add(Record(statement, schema));
                statement.Reset();
            }
        }

        return records;
    }

    /// <summary>Which of these rows are there, of whatever entity. No record is read for it: they are wide, and lie anywhere.</summary>
    public static HashSet<long> Existing(SqliteConnection connection, IEnumerable<long> rows)
    {
        var existing = new HashSet<long>();
        foreach (var group in rows.GroupBy(RecordScope.OfRow))
        {
            var scope = group.Key;
            var (first, last) = (scope.Row(BeforeFirst + 1), scope.Row(LastNumber(connection, scope)));
            var deleted = connection.Number(FirstDeleted, scope.Floor, scope.Ceiling) is null ? null : connection.Bulk(FindDeleted);
            existing.UnionWith(group.Where(row => row >= first && row <= last && (deleted is null || !IsDeleted(deleted, row))));
        }

        return existing;
    }

    /// <summary>The next records of the scope after a row, ascending.</summary>
    public static List<StoredRecord> ReadPage(SqliteConnection connection, EntitySchema schema, RecordScope scope, long after, int most)
    {
        var statement = connection.Bulk(Page);
        var records = new List<StoredRecord>();
        statement.Bind(after).Bind(scope.Ceiling).Bind(most);
        while (statement.Step())
        {
            records.Add(Record(statement, schema));
        }

        return records;
    }

    public static long Count(SqliteConnection connection, RecordScope scope) => connection.Number(CountAll, scope.Floor, scope.Ceiling) ?? 0;

    /// <summary>Stores records, replacing those of the same rows.</summary>
    public static void Write(SqliteConnection connection, EntitySchema schema, IEnumerable<RecordDraft> records, PreparedWrites writes)
    {
        var statement = connection.Bulk(Put);
        using var buffer = new PooledBuffer();
        using var encoder = new RecordEncoder(buffer);
        foreach (var record in records)
        {
            var json = record.IsAsPrepared ? writes.JsonOf(record.Creation!) : encoder.Encode(schema, record.Fields);
            statement.Bind(record.Row).Bind(record.ExternalKey).Bind(record.UpdatedAt).Bind(json).Run();
        }
    }

    public static void Delete(SqliteConnection connection, long row)
    {
        connection.Execute(Remove, row);
        connection.Execute(AddDeleted, row);
    }

    /// <summary>The number of the record that was created last; numbers are never used again.</summary>
    public static long LastNumber(SqliteConnection connection, RecordScope scope) => connection.Number(ReadLast, scope.Value) ?? BeforeFirst;

    /// <summary>Whether the scope has ever held a record: before its first there is nothing to find.</summary>
    public static bool HasHeldAny(SqliteConnection connection, RecordScope scope) => LastNumber(connection, scope) != BeforeFirst;

    public static void WriteLastNumber(SqliteConnection connection, RecordScope scope, long number) => connection.Execute(WriteLast, scope.Value, number);

    private static bool IsDeleted(BulkStatement deleted, long row)
    {
        var found = deleted.Bind(row).Step();
        deleted.Reset();
        return found;
    }

    private static StoredRecord Record(BulkStatement row, EntitySchema schema) =>
        new(row.Number(0), row.Text(1), row.Number(2), RecordDecoder.Decode(schema, row.Blob(3)));
}
