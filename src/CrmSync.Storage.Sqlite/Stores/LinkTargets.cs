using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>Rows of (ConnectWise id, CRM id, type), as links and planned links have them.</summary>
internal static class LinkTargets
{
    public static void AddRows(Dictionary<ConnectWiseId, LinkTarget> targets, SqliteCommand statement)
    {
        using var row = statement.ExecuteReader();
        while (row.Read())
        {
            targets[new ConnectWiseId(row.GetInt64(0))] =
                new LinkTarget(row.IsDBNull(1) ? null : new CrmId(row.GetString(1)), row.IsDBNull(2) ? null : row.GetInt64(2));
        }
    }
}
