using Azure;
using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Links;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Runs;

/// <summary>
/// What the plans of a run will have linked, in rows that lie as the links do. Rows and not a blob: a hundred are one operation to write and a thousand one
/// to read, each look-up reads only the range that it needs, and of a plan that is made twice the last row stands.
/// </summary>
internal sealed class PlannedLinks(TableClient table)
{
    private const int RowBytes = 1024;

    public Task WriteAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation)
    {
        var scope = Scope(tenant, run, entity);
        return table.SubmitAsync(
            targets.Select(target => new RowWrite<ConnectWiseId>(
                target.Key, new TableTransactionAction(TableTransactionActionType.UpsertReplace, LinkRows.Make(scope, target.Key, target.Value)), RowBytes)),
            cancellation);
    }

    public async Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation)
    {
        var rows = await LinkRows.FindAsync(table, Scope(tenant, run, entity), ids, LinkRows.TargetColumns, cancellation).ConfigureAwait(false);
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        foreach (var id in ids)
        {
            if (rows.TryGetValue(RowKeys.Row(id.Value), out var row))
            {
                found[id] = LinkRows.Target(row);
            }
        }

        return found;
    }

    /// <summary>Removes all of a run's.</summary>
    public async Task RemoveAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        var prefix = Prefix(tenant, run);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {prefix + KeyText.Separator} and PartitionKey lt {prefix + KeyText.PastSeparator}");
        IReadOnlyList<TableEntity> refused = [];
        do
        {
            // Rows that somebody else removed at the same time fail their transaction: what is left is read again.
            refused = [];
            await foreach (var page in table.QueryAsync<TableEntity>(filter, 1000, ["PartitionKey", "RowKey"], cancellation).AsPages().ConfigureAwait(false))
            {
                var deletes = page.Values.Select(row => new RowWrite<TableEntity>(
                    row, new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All), RowBytes));
                refused = [.. refused, .. await table.SubmitAsync(deletes, cancellation).ConfigureAwait(false)];
            }
        }
        while (refused.Count > 0);
    }

    private static string Prefix(TenantId tenant, RunId run) => $"{tenant}{KeyText.Separator}{KeyText.Encode(run.Value)}";

    private static string Scope(TenantId tenant, RunId run, Entity entity) => $"{Prefix(tenant, run)}{KeyText.Separator}{EntityName.Of(entity)}";
}
