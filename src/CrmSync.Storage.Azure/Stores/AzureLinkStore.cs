using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Links;
using CrmSync.Storage.Azure.Tables;
using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Links in Table storage. A range of ConnectWise ids is one query of rows that lie together; CO-5 is held by a second row for each link, by its CRM id
/// (<see cref="LinkClaims"/>). A write is whole for each link, and repeating one that was interrupted completes it.
/// </summary>
public sealed class AzureLinkStore : ILinkStore
{
    private readonly TableClient _table;
    private readonly RowContents _contents;
    private readonly LinkTiming _timing;
    private readonly ILogger _log;

    internal AzureLinkStore(TableClient table, RowContents contents, LinkTiming timing, ILogger log) =>
        (_table, _contents, _timing, _log) = (table, contents, timing, log);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        var links = new List<Link>();
        await foreach (var row in LinkRows.ReadAsync(_table, LinkRows.Scope(tenant, entity), range, LinkRows.LinkColumns, cancellation).ConfigureAwait(false))
        {
            if (LinkRows.Crm(row) is null)
            {
                continue;
            }

            if (await _contents.GetAsync(row, cancellation).ConfigureAwait(false) is { } content)
            {
                links.Add(LinkRows.Read(row, content));
            }
            else if (await FindAsync(tenant, entity, RowKeys.Id(row.RowKey), cancellation).ConfigureAwait(false) is { } link)
            {
                links.Add(link);
            }
        }

        return links;
    }

    /// <inheritdoc />
    public async Task<Link?> FindAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation)
    {
        var found = await _contents.ReadAsync(_table, RowKeys.Address(LinkRows.Scope(tenant, entity), id), cancellation).ConfigureAwait(false);
        return found is { } row && LinkRows.Crm(row.Row) is not null ? LinkRows.Read(row.Row, row.Content) : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindTargetsAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var rows = await LinkRows.FindAsync(_table, LinkRows.Scope(tenant, entity), ids, LinkRows.TargetColumns, cancellation).ConfigureAwait(false);
        return Wanted(rows, ids);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var claims = await new LinkClaims(_table, tenant, entity).FindAsync(ids, cancellation).ConfigureAwait(false);

        // A claim is a link only if the link says so: its writer may have died in between, or the link have moved.
        var targets = await FindTargetsAsync(tenant, entity, [.. claims.Values.Select(claim => claim.Owner)], cancellation).ConfigureAwait(false);
        return claims.Where(claim => targets.TryGetValue(claim.Value.Owner, out var target) && target.Crm == claim.Key)
            .ToDictionary(claim => claim.Key, claim => claim.Value.Owner);
    }

    /// <inheritdoc />
    /// <remarks>The links are taken in their order: of two in one call with the same CRM record, the second is refused.</remarks>
    public async Task<IReadOnlyList<ConnectWiseId>> WriteAsync(
        TenantId tenant, Entity entity, IReadOnlyList<Link> links, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(links);
        var (scope, folder) = (LinkRows.Scope(tenant, entity), $"{tenant}/links/{EntityName.Of(entity)}");
        var claims = new LinkClaims(_table, tenant, entity);
        var contested = new ContestedLink(_table, _contents, claims, scope, folder, _timing, _log);
        return await new LinkWriter(_table, _contents, claims, contested, scope, folder).WriteAsync(links, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<long> CountAsync(TenantId tenant, Entity entity, CancellationToken cancellation)
    {
        var (count, all) = (0L, new IdRange(0, null));
        await foreach (var row in LinkRows.ReadAsync(_table, LinkRows.Scope(tenant, entity), all, LinkRows.TargetColumns, cancellation).ConfigureAwait(false))
        {
            count += LinkRows.Crm(row) is null ? 0 : 1;
        }

        return count;
    }

    // The rows between those that were asked for came along.
    private static Dictionary<ConnectWiseId, LinkTarget> Wanted(Dictionary<string, TableEntity> rows, IReadOnlyCollection<ConnectWiseId> ids)
    {
        var found = new Dictionary<ConnectWiseId, LinkTarget>(ids.Count);
        foreach (var id in ids)
        {
            if (rows.TryGetValue(RowKeys.Row(id.Value), out var row) && LinkRows.Crm(row) is not null)
            {
                found[id] = LinkRows.Target(row);
            }
        }

        return found;
    }
}
