using CrmSync.Core.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Matching;

/// <summary>
/// The index of keys, and the table of external keys. Keys come in no order, and to sort each batch of them into a large index is to change most of its
/// pages every time: new ones wait (<see cref="NewKeys"/>) until nothing is written for a while, or until somebody looks.
/// </summary>
internal static class KeyTable
{
    private const string Find = "SELECT record FROM crm_keys WHERE scope = ?1 AND key = ?2";
    private const string Insert = "INSERT OR IGNORE INTO crm_keys (scope, key, record) VALUES (?1, ?2, ?3)";
    private const string Delete = "DELETE FROM crm_keys WHERE scope = ?1 AND key = ?2 AND record = ?3";
    private const string Referring = "SELECT record FROM crm_keys WHERE scope = $1 AND key = $2 AND record > $3 ORDER BY record LIMIT $4";
    private const string FindExternal = "SELECT record FROM crm_external_keys WHERE scope = ?1 AND key = ?2";
    private const string InsertExternal = "INSERT INTO crm_external_keys (scope, key, record) VALUES (?1, ?2, ?3)";
    private const string DeleteExternal = "DELETE FROM crm_external_keys WHERE scope = ?1 AND key = ?2";

    /// <summary>Whether keys of the scope are not in the index yet: then <see cref="CatchUp"/> comes before any look into it.</summary>
    public static bool IsBehind(SqliteConnection connection, RecordScope scope) => NewKeys.Count(connection, scope) > 0;

    /// <summary>Brings all of the scope's new keys into the index.</summary>
    public static void CatchUp(SqliteConnection connection, RecordScope scope)
    {
        while (CatchUpSome(connection, scope))
        {
        }
    }

    /// <summary>Brings some of the scope's new keys into the index; false where there are none.</summary>
    public static bool CatchUpSome(SqliteConnection connection, RecordScope scope) => NewKeys.MoveSome(connection, scope, connection.Bulk(Insert));

    /// <summary>The rows that may carry one of the keys, each once, ascending.</summary>
    public static List<long> Candidates(SqliteConnection connection, RecordScope scope, IEnumerable<MatchKey> keys)
    {
        if (!RecordTable.HasHeldAny(connection, scope))
        {
            return [];
        }

        var (find, findExternal) = (connection.Bulk(Find), connection.Bulk(FindExternal));
        var rows = new HashSet<long>();
        foreach (var key in keys)
        {
            if (key.Kind == MatchKind.ExternalKey)
            {
                Add(findExternal, scope.Value, key.Value);
            }
            else if (key.Kind == MatchKind.Phone)
            {
                foreach (var digits in PhoneKeys.OfE164(key.Value))
                {
                    Add(find, scope.Keys(KeyKind.Phone), digits);
                }
            }
            else if (KeyKinds.Of(key.Kind) is { } kind)
            {
                Add(find, scope.Keys(kind), key.Value);
            }
        }

        var ordered = rows.ToList();
        ordered.Sort();
        return ordered;

        void Add(BulkStatement statement, long place, string text)
        {
            statement.Bind(place).Bind(text);
            while (statement.Step())
            {
                rows.Add(statement.Number(0));
            }
        }
    }

    /// <summary>The rows that carry these external keys.</summary>
    public static Dictionary<string, long> External(SqliteConnection connection, RecordScope scope, IEnumerable<string> keys)
    {
        var find = connection.Bulk(FindExternal);
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            find.Bind(scope.Value).Bind(key);
            if (find.Step())
            {
                rows[key] = find.Number(0);
                find.Reset();
            }
        }

        return rows;
    }

    /// <summary>The rows of the scope that point to a record, ascending from after a row.</summary>
    public static List<long> RowsReferringTo(SqliteConnection connection, RecordScope scope, string id, long after, int most) =>
        connection.Rows(Referring, reader => reader.GetInt64(0), scope.Keys(KeyKind.Reference), id, after, most);

    /// <summary>Adds entries of the scope; one that is there stays.</summary>
    public static void Add(SqliteConnection connection, RecordScope scope, KeyBatch entries) => NewKeys.Add(connection, scope, entries);

    /// <summary>Takes entries of the scope away.</summary>
    public static void Remove(SqliteConnection connection, RecordScope scope, IReadOnlyCollection<IndexEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        CatchUp(connection, scope);
        var statement = connection.Bulk(Delete);
        foreach (var entry in entries)
        {
            statement.Bind(entry.Scope).Bind(entry.Key).Bind(entry.Row).Run();
        }
    }

    public static void AddExternal(SqliteConnection connection, RecordScope scope, IEnumerable<(string Key, long Row)> entries)
    {
        var statement = connection.Bulk(InsertExternal);
        foreach (var (key, row) in entries)
        {
            statement.Bind(scope.Value).Bind(key).Bind(row).Run();
        }
    }

    public static void RemoveExternal(SqliteConnection connection, RecordScope scope, IEnumerable<string> keys)
    {
        var statement = connection.Bulk(DeleteExternal);
        foreach (var key in keys)
        {
            statement.Bind(scope.Value).Bind(key).Run();
        }
    }
}
