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
internal sealed class PlannedLinks(TableClient table, TimeProvider time)
{
    private const int RowBytes = 1024;

    // A plan whose writer died is made again before anybody reads it.
    private readonly TargetIndex _index = new(table, time, stampsTellAll: true);

    public async Task WriteAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation)
    {
        if (targets.Count == 0)
        {
            return;
        }

        var scope = Scope(tenant, run, entity);
        var writes = targets.Select(target => new RowWrite<ConnectWiseId>(
            target.Key, new TableTransactionAction(TableTransactionActionType.UpsertReplace, LinkRows.Make(scope, target.Key, target.Value)), RowBytes));
        await table.SubmitAsync(writes, cancellation).ConfigureAwait(false);
        await _index.RenewAsync(scope, targets.Keys).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        await _index.FindAsync(Scope(tenant, run, entity), ids, cancellation).ConfigureAwait(false);

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
        foreach (var entity in Enum.GetValues<Entity>())
        {
            _index.Forget(Scope(tenant, run, entity));
        }
    }

    private static string Prefix(TenantId tenant, RunId run) => $"{tenant}{KeyText.Separator}{KeyText.Encode(run.Value)}";

    private static string Scope(TenantId tenant, RunId run, Entity entity) => $"{Prefix(tenant, run)}{KeyText.Separator}{EntityName.Of(entity)}";
}
