using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>Looks for rows of (CRM id, type) by ConnectWise ids, as links and planned links have them.</summary>
internal static class LinkTargets
{
    /// <param name="statement">Finds the row of a ConnectWise id.</param>
    /// <param name="ids">The ids looked for; one that has no row is left out.</param>
    /// <param name="bind">Binds an id; false for one that cannot have a row.</param>
    public static Dictionary<ConnectWiseId, LinkTarget> Find(
        BulkStatement statement, IReadOnlyCollection<ConnectWiseId> ids, Func<BulkStatement, ConnectWiseId, bool> bind)
    {
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        foreach (var id in ids)
        {
            if (bind(statement, id) && statement.Step())
            {
                found[id] = new LinkTarget(statement.Text(0) is { } crm ? new CrmId(crm) : null, statement.NumberOrNull(1));
                statement.Reset();
            }
        }

        return found;
    }
}
