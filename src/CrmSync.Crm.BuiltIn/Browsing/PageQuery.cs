using CrmSync.Core.Matching;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Browsing;

/// <summary>Finds the rows of a page that does not show all records.</summary>
internal static class PageQuery
{
    private const string BySearch = """
        SELECT DISTINCT record FROM crm_keys
        WHERE scope BETWEEN $1 AND $2 AND record > $6 AND (instr(key, $3) > 0 OR instr(key, $4) > 0 OR instr(key, $5) > 0)
        ORDER BY record LIMIT $7
        """;

    /// <summary>The next rows whose name, e-mail address or SKU holds a text.</summary>
    public static List<long> Search(SqliteConnection connection, RecordScope scope, string text, long after, int most)
    {
        var typed = text.Trim().ToLowerInvariant();
        var name = Normalise.CompanyName(text) ?? typed;
        var sku = Normalise.Sku(text) ?? typed;
        return connection.Rows(BySearch, reader => reader.GetInt64(0), scope.Keys(KeyKind.Name), scope.Keys(KeyKind.Sku), name, typed, sku, after, most);
    }

    /// <summary>The next rows of a list; null where there is no such list.</summary>
    public static List<long>? List(SqliteConnection connection, RecordScope scope, string name, long after, int most) =>
        Canonical.Text(name) is { } clean && ListTable.Number(connection, scope.Tenant, clean) is { } list
            ? ListTable.Members(connection, list, after, most)
            : null;
}
