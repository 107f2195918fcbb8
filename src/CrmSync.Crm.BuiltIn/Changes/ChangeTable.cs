using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Changes;

/// <summary>
/// The list of what was written: one entry for each run of neighbouring rows that a batch touched, so that a thousand creates cost one row here.
/// There is one writer, so the entries' numbers stand in the order of the commits.
/// </summary>
internal static class ChangeTable
{
    /// <summary>Entries of a scope that are kept; the oldest go as new ones come.</summary>
    public const long MostKept = 1_000_000;

    private const string Newest = "SELECT number, stamp, first, last FROM crm_changes WHERE scope = $1 ORDER BY number DESC LIMIT 1";
    private const string Oldest = "SELECT MIN(number) FROM crm_changes WHERE scope = $1";
    private const string Has = "SELECT 1 FROM crm_changes WHERE scope = $1 AND number = $2 AND stamp = $3 AND $4 BETWEEN first AND last";
    private const string From = "SELECT number, stamp, first, last FROM crm_changes WHERE scope = $1 AND number >= $2 ORDER BY number LIMIT $3";
    private const string Insert = "INSERT INTO crm_changes (scope, number, first, last) VALUES (?1, ?2, ?3, ?4)";
    private const string Forget = "DELETE FROM crm_changes WHERE scope = $1 AND number <= $2";

    /// <summary>Notes that rows of the scope were created, changed or deleted.</summary>
    public static void Add(SqliteConnection connection, RecordScope scope, IEnumerable<long> rows)
    {
        long? number = null;
        foreach (var (first, last) in Runs(rows))
        {
            number = (number ?? Last(connection, scope)?.Number ?? 0) + 1;
            connection.Bulk(Insert).Bind(scope.Value).Bind(number).Bind(first).Bind(last).Run();
        }

        if (number > MostKept)
        {
            connection.Execute(Forget, scope.Value, number - MostKept);
        }
    }

    /// <summary>The entry that was added last; null for none.</summary>
    public static ChangeEntry? Last(SqliteConnection connection, RecordScope scope) => connection.First(Newest, Entry, scope.Value);

    /// <summary>Whether everything behind a place is still on the list, and the place is one of this list.</summary>
    public static bool Knows(SqliteConnection connection, RecordScope scope, ChangePlace place) => place.Entry == 0
        ? connection.Number(Oldest, scope.Value) is null or 1
        : connection.Number(Has, scope.Value, place.Entry, place.Stamp, scope.Row(place.Record)) is not null;

    /// <summary>The next entries, that of the place included.</summary>
    public static List<ChangeEntry> Read(SqliteConnection connection, RecordScope scope, ChangePlace place, int most) =>
        connection.Rows(From, Entry, scope.Value, place.Entry, most);

    private static ChangeEntry Entry(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    private static IEnumerable<(long First, long Last)> Runs(IEnumerable<long> rows)
    {
        (long First, long Last)? run = null;
        foreach (var row in rows.Order())
        {
            if (run is { } open && row != open.Last + 1)
            {
                yield return open;
                run = null;
            }

            run = (run?.First ?? row, row);
        }

        if (run is { } rest)
        {
            yield return rest;
        }
    }
}

/// <summary>Neighbouring rows that were written together.</summary>
internal sealed record ChangeEntry(long Number, long Stamp, long First, long Last);
