using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Links;

/// <summary>
/// One write of links: reads what is there, claims the CRM records of new links, and writes the rows as they were read, a hundred in a transaction.
/// A link that meets another's claim, or that moves, is settled on its own (<see cref="ContestedLink"/>).
/// </summary>
internal sealed class LinkWriter(TableClient table, RowContents contents, LinkClaims claims, ContestedLink contested, string scope, string folder)
{
    // Others write the same rows only when two hosts do the same step; those that are left then are settled one by one.
    private const int Attempts = 3;

    // What a row is in a request beside its content: keys, columns, headers.
    private const int RowFrame = 1024;

    /// <summary>Writes the links as if one after the other. Answers the ids of those whose CRM record belongs to another link, in their order.</summary>
    public async Task<IReadOnlyList<ConnectWiseId>> WriteAsync(IReadOnlyList<Link> links, CancellationToken cancellation)
    {
        var refused = new List<ConnectWiseId>();
        for (var begin = 0; begin < links.Count;)
        {
            // No transaction has two writes of one row: a record that comes again begins another batch.
            var ids = new HashSet<ConnectWiseId>();
            var batch = links.Skip(begin).TakeWhile(link => ids.Add(link.ConnectWise)).ToList();
            begin += batch.Count;
            refused.AddRange(await WriteDistinctAsync(batch, cancellation).ConfigureAwait(false));
        }

        return refused;
    }

    private async Task<List<ConnectWiseId>> WriteDistinctAsync(List<Link> batch, CancellationToken cancellation)
    {
        // Of two with one CRM record the second waits for what becomes of the first.
        var records = new HashSet<CrmId>();
        var open = batch.Where(link => records.Add(link.Crm)).ToList();
        var alone = batch.Except(open).ToHashSet();
        for (var attempt = 0; attempt < Attempts && open.Count > 0; attempt++)
        {
            var heads = await LinkRows.FindAsync(table, scope, open.Select(link => link.ConnectWise), LinkRows.HeadColumns, cancellation).ConfigureAwait(false);
            var fresh = open.Where(link => LinkRows.Crm(HeadOf(link)) is null).ToList();
            alone.UnionWith(open.Where(link => LinkRows.Crm(HeadOf(link)) is { } crm && crm != link.Crm));
            alone.UnionWith(await claims.ClaimAsync(fresh, cancellation).ConfigureAwait(false));
            open = await SaveAsync([.. open.Except(alone)], HeadOf, cancellation).ConfigureAwait(false);

            TableEntity? HeadOf(Link link) => heads.GetValueOrDefault(RowKeys.Row(link.ConnectWise.Value));
        }

        alone.UnionWith(open);
        var refused = new List<ConnectWiseId>();
        foreach (var link in batch.Where(alone.Contains))
        {
            if (!await contested.TryWriteAsync(link, cancellation).ConfigureAwait(false))
            {
                refused.Add(link.ConnectWise);
            }
        }

        return refused;
    }

    // Answers the links whose rows were changed by another since they were read.
    private async Task<List<Link>> SaveAsync(IReadOnlyList<Link> links, Func<Link, TableEntity?> headOf, CancellationToken cancellation)
    {
        var writes = new List<RowWrite<Link>>(links.Count);
        using var snapshots = new EncodedSnapshots(links);
        for (var i = 0; i < links.Count; i++)
        {
            var (link, content) = (links[i], snapshots[i]);
            var row = LinkRows.Make(scope, link);
            await contents.PutAsync(row, folder, content, cancellation).ConfigureAwait(false);
            var inline = row.ContainsKey(RowContents.Spilled) ? 0 : content.Length;
            writes.Add(new RowWrite<Link>(link, WriteOf(row, headOf(link)), RowFrame + (inline * 2)));
        }

        var refused = (await table.SubmitAsync(writes, cancellation).ConfigureAwait(false)).ToHashSet();
        foreach (var link in links.Where(link => !refused.Contains(link)))
        {
            await contents.RemoveAsync(headOf(link), cancellation).ConfigureAwait(false);
        }

        return [.. refused];
    }

    private static TableTransactionAction WriteOf(TableEntity row, TableEntity? head) => head is null
        ? new TableTransactionAction(TableTransactionActionType.Add, row)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, head.ETag);
}
