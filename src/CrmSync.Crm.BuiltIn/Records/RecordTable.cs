using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Records;

/// <summary>The rows of records.</summary>
internal static class RecordTable
{
    private const string Find = "SELECT id, external_key, updated_at, fields FROM crm_records WHERE id = $1";
    private const string Which = "SELECT 1 FROM crm_records WHERE id = $1";
    private const string Page = "SELECT id, external_key, updated_at, fields FROM crm_records WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";
    private const string CountAll = "SELECT COUNT(*) FROM crm_records WHERE id > $1 AND id <= $2";
    private const string Put = "INSERT OR REPLACE INTO crm_records (id, external_key, updated_at, fields) VALUES ($1, $2, $3, $4)";
    private const string Remove = "DELETE FROM crm_records WHERE id = $1";
    private const string ReadLast = "SELECT last FROM crm_sequences WHERE scope = $1";
    private const string WriteLast = "INSERT OR REPLACE INTO crm_sequences (scope, last) VALUES ($1, $2)";

    // Ids begin above it, so that the first ones already look like ids.
    private const long BeforeFirst = 1000;

    /// <summary>The records of these rows, in their order; one that is not there is left out.</summary>
    public static List<StoredRecord> Read(SqliteConnection connection, EntitySchema schema, IEnumerable<long> rows)
    {
        using var statement = new BulkStatement(connection, Find);
        var records = new List<StoredRecord>();
        foreach (var row in rows)
        {
            statement.Bind(row);
            while (statement.Step())
            {
                records.Add(Record(statement, schema));
            }
        }

        return records;
    }

    /// <summary>Which of these rows are there, of whatever entity.</summary>
    public static HashSet<long> Existing(SqliteConnection connection, IEnumerable<long> rows)
    {
        using var statement = new BulkStatement(connection, Which);
        var existing = new HashSet<long>();
        foreach (var row in rows)
        {
            statement.Bind(row);
            while (statement.Step())
            {
                existing.Add(row);
            }
        }

        return existing;
    }

    /// <summary>The next records of the scope after a row, ascending.</summary>
    public static List<StoredRecord> ReadPage(SqliteConnection connection, EntitySchema schema, RecordScope scope, long after, int most)
    {
        using var statement = new BulkStatement(connection, Page);
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
    public static void Write(SqliteConnection connection, EntitySchema schema, IEnumerable<StoredRecord> records)
    {
        using var statement = new BulkStatement(connection, Put);
        using var encoder = new RecordEncoder();
        foreach (var record in records)
        {
            statement.Bind(record.Row).Bind(record.ExternalKey).Bind(record.UpdatedAt).Bind(encoder.Encode(schema, record.Fields)).Run();
        }
    }

    public static void Delete(SqliteConnection connection, long row) => connection.Execute(Remove, row);

    /// <summary>The number of the record that was created last; numbers are never used again.</summary>
    public static long LastNumber(SqliteConnection connection, RecordScope scope) => connection.Number(ReadLast, scope.Value) ?? BeforeFirst;

    public static void WriteLastNumber(SqliteConnection connection, RecordScope scope, long number) => connection.Execute(WriteLast, scope.Value, number);

    private static StoredRecord Record(BulkStatement row, EntitySchema schema) =>
        new(row.Int64(0), row.Text(1), row.Int64(2), RecordDecoder.Decode(schema, row.Blob(3)));
}
