using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tenants;

/// <summary>Lists of contacts and who is on them. Names are compared without case; the first spelling stays.</summary>
internal static class ListTable
{
    private const string Names = "SELECT name FROM crm_lists WHERE tenant = $1 ORDER BY name, number";
    private const string Find = "SELECT number FROM crm_lists WHERE tenant = $1 AND folded = $2";
    private const string Insert = "INSERT INTO crm_lists (tenant, folded, name) VALUES ($1, $2, $3) RETURNING number";
    private const string Delete = "DELETE FROM crm_lists WHERE number = $1";
    private const string Empty = "DELETE FROM crm_list_members WHERE list = $1";
    private const string RemoveEverywhere = "DELETE FROM crm_list_members WHERE record = $1";

    private const string MembershipsOf =
        "SELECT l.name FROM crm_list_members AS m JOIN crm_lists AS l ON l.number = m.list WHERE m.record = $1 ORDER BY l.name";

    private const string MembersOf = "SELECT record FROM crm_list_members WHERE list = $1 AND record > $2 ORDER BY record LIMIT $3";

    public static List<string> All(SqliteConnection connection, long tenant) => connection.Rows(Names, reader => reader.GetString(0), tenant);

    public static List<string> Of(SqliteConnection connection, long row) => connection.Rows(MembershipsOf, reader => reader.GetString(0), row);

    public static long? Number(SqliteConnection connection, long tenant, string name) => connection.Number(Find, tenant, Fold(name));

    public static List<long> Members(SqliteConnection connection, long list, long after, int most) =>
        connection.Rows(MembersOf, reader => reader.GetInt64(0), list, after, most);

    public static void LeaveAll(SqliteConnection connection, long row) => connection.Execute(RemoveEverywhere, row);

    /// <summary>Makes the tenant's lists these; one that is left out goes, with its memberships.</summary>
    public static void Replace(SqliteConnection connection, long tenant, IReadOnlyList<string> names)
    {
        var wanted = names.Select(Fold).ToHashSet(StringComparer.Ordinal);
        foreach (var name in All(connection, tenant).Where(name => !wanted.Contains(Fold(name))))
        {
            var list = Number(connection, tenant, name)!.Value;
            connection.Execute(Empty, list);
            connection.Execute(Delete, list);
        }

        foreach (var name in names.Where(name => Number(connection, tenant, name) is null))
        {
            Add(connection, tenant, name);
        }
    }

    /// <summary>Makes a list, and answers its number.</summary>
    public static long Add(SqliteConnection connection, long tenant, string name) => connection.Number(Insert, tenant, Fold(name), name)!.Value;

    private static string Fold(string name) => name.ToUpperInvariant();
}
