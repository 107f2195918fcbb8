using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Records;

/// <summary>The rows of records.</summary>
internal static class RecordTable
{
    private const string Find =
        "SELECT r.id, r.external_key, r.updated_at, r.fields FROM json_each($1) AS wanted CROSS JOIN crm_records AS r WHERE r.id = wanted.value";

    private const string Which = "SELECT r.id FROM json_each($1) AS wanted CROSS JOIN crm_records AS r WHERE r.id = wanted.value";

    private const string Page =
        "SELECT id, external_key, updated_at, fields FROM crm_records WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";

    private const string CountAll = "SELECT COUNT(*) FROM crm_records WHERE id > $1 AND id <= $2";
    private const string Put = "INSERT OR REPLACE INTO crm_records (id, external_key, updated_at, fields) VALUES ($1, $2, $3, $4)";
    private const string Remove = "DELETE FROM crm_records WHERE id = $1";
    private const string ReadLast = "SELECT last FROM crm_sequences WHERE scope = $1";
    private const string WriteLast = "INSERT OR REPLACE INTO crm_sequences (scope, last) VALUES ($1, $2)";

    // Ids begin above it, so that the first ones already look like ids.
    private const long BeforeFirst = 1000;

    /// <summary>The records of these rows; one that is not there is left out.</summary>
    public static List<StoredRecord> Read(SqliteConnection connection, EntitySchema schema, IEnumerable<long> rows) =>
        connection.Rows(Find, reader => Record(reader, schema), CoreJson.Serialize(rows));

    /// <summary>Which of these rows are there, of whatever entity.</summary>
    public static HashSet<long> Existing(SqliteConnection connection, IEnumerable<long> rows) =>
        [.. connection.Rows(Which, reader => reader.GetInt64(0), CoreJson.Serialize(rows))];

    /// <summary>The next records of the scope after a row, ascending.</summary>
    public static List<StoredRecord> ReadPage(SqliteConnection connection, EntitySchema schema, RecordScope scope, long after, int most) =>
        connection.Rows(Page, reader => Record(reader, schema), after, scope.Ceiling, most);

    public static long Count(SqliteConnection connection, RecordScope scope) => connection.Number(CountAll, scope.Floor, scope.Ceiling) ?? 0;

    public static void Write(SqliteConnection connection, StoredRecord record, byte[] fields) =>
        connection.Execute(Put, record.Row, record.ExternalKey, record.UpdatedAt, fields);

    public static void Delete(SqliteConnection connection, long row) => connection.Execute(Remove, row);

    /// <summary>The number of the record that was created last; numbers are never used again.</summary>
    public static long LastNumber(SqliteConnection connection, RecordScope scope) => connection.Number(ReadLast, scope.Value) ?? BeforeFirst;

    public static void WriteLastNumber(SqliteConnection connection, RecordScope scope, long number) => connection.Execute(WriteLast, scope.Value, number);

    private static StoredRecord Record(SqliteDataReader reader, EntitySchema schema) => new(
        reader.GetInt64(0),
        reader.IsDBNull(1) ? null : reader.GetString(1),
        reader.GetInt64(2),
        RecordDecoder.Decode(schema, reader.GetFieldValue<byte[]>(3)));
}
