using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>The index of keys, and the table of external keys.</summary>
internal static class KeyTable
{
    // The outer loop is the list of keys: each is one descent into the index.
    private const string FindRows = """
        SELECT k.record FROM json_each($2) AS wanted CROSS JOIN crm_keys AS k WHERE k.scope = $1 AND k.key = wanted.value
        """;

    private const string FindExternal = """
        SELECT k.key, k.record FROM json_each($2) AS wanted CROSS JOIN crm_external_keys AS k WHERE k.scope = $1 AND k.key = wanted.value
        """;

    private const string Insert = "INSERT OR IGNORE INTO crm_keys (scope, key, record) VALUES ($1, $2, $3)";
    private const string Delete = "DELETE FROM crm_keys WHERE scope = $1 AND key = $2 AND record = $3";
    private const string InsertExternal = "INSERT INTO crm_external_keys (scope, key, record) VALUES ($1, $2, $3)";
    private const string DeleteExternal = "DELETE FROM crm_external_keys WHERE scope = $1 AND key = $2";
    private const string Referring = "SELECT record FROM crm_keys WHERE scope = $1 AND key = $2 AND record > $3 ORDER BY record LIMIT $4";

    /// <summary>The rows that may carry one of the keys, each once, ascending.</summary>
    public static List<long> Candidates(SqliteConnection connection, RecordScope scope, IReadOnlyCollection<MatchKey> keys)
    {
        var rows = new HashSet<long>();
        foreach (var kind in keys.GroupBy(key => key.Kind))
        {
            if (KeyKinds.Of(kind.Key) is { } indexed)
            {
                var texts = kind.Key == MatchKind.Phone ? kind.SelectMany(key => PhoneKeys.OfE164(key.Value)) : kind.Select(key => key.Value);
                rows.UnionWith(connection.Rows(FindRows, reader => reader.GetInt64(0), scope.Keys(indexed), CoreJson.Serialize(texts.Distinct())));
            }
            else
            {
                rows.UnionWith(External(connection, scope, kind.Select(key => key.Value)).Values);
            }
        }

        var ordered = rows.ToList();
        ordered.Sort();
        return ordered;
    }

    /// <summary>The rows that carry these external keys.</summary>
    public static Dictionary<string, long> External(SqliteConnection connection, RecordScope scope, IEnumerable<string> keys) =>
        connection.Rows(FindExternal, reader => (Key: reader.GetString(0), Row: reader.GetInt64(1)), scope.Value, CoreJson.Serialize(keys.Distinct()))
            .ToDictionary(found => found.Key, found => found.Row, StringComparer.Ordinal);

    /// <summary>The rows of the scope that point to a record, ascending from after a row.</summary>
    public static List<long> RowsReferringTo(SqliteConnection connection, RecordScope scope, string id, long after, int most) =>
        connection.Rows(Referring, reader => reader.GetInt64(0), scope.Keys(KeyKind.Reference), id, after, most);

    public static void Add(SqliteConnection connection, IndexKey key, long row) => connection.Execute(Insert, key.Scope, key.Text, row);

    public static void Remove(SqliteConnection connection, IndexKey key, long row) => connection.Execute(Delete, key.Scope, key.Text, row);

    public static void AddExternal(SqliteConnection connection, RecordScope scope, string key, long row) =>
        connection.Execute(InsertExternal, scope.Value, key, row);

    public static void RemoveExternal(SqliteConnection connection, RecordScope scope, string key) => connection.Execute(DeleteExternal, scope.Value, key);
}
