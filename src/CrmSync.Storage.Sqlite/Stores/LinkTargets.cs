using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>Looks for rows of (CRM id, type) by ConnectWise ids, as links and planned links have them.</summary>
internal static class LinkTargets
{
    /// <param name="statement">Finds the row of an owner, an entity and a ConnectWise id.</param>
    /// <param name="owner">The tenant or the run.</param>
    /// <param name="entity">Which kind.</param>
    /// <param name="ids">The ids looked for; one that has no row is left out.</param>
    public static Dictionary<ConnectWiseId, LinkTarget> Find(
        BulkStatement statement, long owner, Entity entity, IReadOnlyCollection<ConnectWiseId> ids)
    {
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        foreach (var id in ids)
        {
            statement.Bind(owner).Bind(StoredValues.Number(entity)).Bind(id.Value);
            if (statement.Step())
            {
                found[id] = new LinkTarget(statement.Text(0) is { } crm ? new CrmId(crm) : null, statement.NumberOrNull(1));
                statement.Reset();
            }
        }

        return found;
    }
}
