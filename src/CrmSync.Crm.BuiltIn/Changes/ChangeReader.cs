using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Records;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Changes;

/// <summary>Reads the list of changes page by page. List and records are seen in one state of the database: no change stands between them.</summary>
internal static class ChangeReader
{
    public static Result<CrmChangePage> Read(SqliteConnection connection, EntitySchema schema, RecordScope scope, string? since, int limit)
    {
        if (since is null)
        {
            var end = ChangeTable.Last(connection, scope) is { } last ? Behind(scope, last, last.Last) : default;
            return new CrmChangePage([], end.Cursor, CaughtUp: true);
        }

        if (ChangePlace.Of(since) is not { } place || !ChangeTable.Knows(connection, scope, place))
        {
            return ChangeFeed.CursorUnknown;
        }

        // The place's own entry, and one that each change on the page may need; if they are all, the list ends with them.
        var entries = ChangeTable.Read(connection, scope, place, limit + 1);
        var rows = Take(scope, entries, limit, ref place);
        var found = RecordTable.Read(connection, schema, rows).ToDictionary(record => record.Row);
        var changes = rows.Select(row => new CrmChange(scope.Id(row), found.GetValueOrDefault(row)?.ToRecord(scope))).ToList();
        var caughtUp = entries.Count <= limit && (entries.Count == 0 || place == Behind(scope, entries[^1], entries[^1].Last));
        return new CrmChangePage(changes, place.Cursor, caughtUp);
    }

    // The rows behind the place, each once, and the place behind the last of them.
    private static List<long> Take(RecordScope scope, List<ChangeEntry> entries, int limit, ref ChangePlace place)
    {
        var (start, rows, taken) = (place, new List<long>(), new HashSet<long>());
        foreach (var entry in entries)
        {
            var first = entry.Number == start.Entry ? Math.Max(entry.First, scope.Row(start.Record) + 1) : entry.First;
            for (var row = first; row <= entry.Last; row++)
            {
                if (taken.Count == limit && !taken.Contains(row))
                {
                    return rows;
                }

                if (taken.Add(row))
                {
                    rows.Add(row);
                }

                place = Behind(scope, entry, row);
            }
        }

        return rows;
    }

    private static ChangePlace Behind(RecordScope scope, ChangeEntry entry, long row) => new(entry.Number, entry.Stamp, row - scope.Floor);
}
