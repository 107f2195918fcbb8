using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>Looks for rows of (CRM id, type) by ConnectWise ids, as links and planned links have them.</summary>
internal static class LinkTargets
{
    /// <param name="ids">The ids looked for; one that has no row is left out.</param>
    /// <param name="row">The statement that finds the row of an id; null for an id that cannot have one.</param>
    public static Dictionary<ConnectWiseId, LinkTarget> Find(IReadOnlyCollection<ConnectWiseId> ids, Func<ConnectWiseId, BulkStatement?> row)
    {
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        foreach (var id in ids)
        {
            if (row(id) is { } statement && statement.Step())
            {
                found[id] = new LinkTarget(statement.Text(0) is { } crm ? new CrmId(crm) : null, statement.NumberOrNull(1));
                statement.Reset();
            }
        }

        return found;
    }
}
