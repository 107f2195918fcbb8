using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure.Links;

/// <summary>
/// The second rows of links, by CRM id: each is the claim of one ConnectWise record to one CRM record, added only where there is none, and so is the lock
/// that holds CO-5 whatever writers do at once.
/// <para>
/// A claim is made before its link is written and given back after the link has moved away, so a link always has its claim; a claim whose link was never
/// written, because its writer died in between, is known by that and taken over. The taker changes the row of the link that is missing first (a fence):
/// the dead writer, should it live, writes that row only as it had read it, fails, and asks for its claim again. And who finds a claim of its own without
/// the link renews it, so that a taker who is at work fails. Of the two, one goes on.
/// </para>
/// </summary>
internal sealed class LinkClaims(TableClient table, TenantId tenant, Entity entity)
{
    private const string OwnerColumn = "ConnectWise";

    // A partition serves 2,000 rows a second: 16 of them keep up with what a tenant writes at once.
    private const int Buckets = 16;

    // CRMs number their records: those made together share all but their last digits, and lie in one partition.
    private const int TailLength = 3;

    private static readonly string[] Columns = ["RowKey", OwnerColumn];

    private string Scope { get; } = $"{LinkRows.Scope(tenant, entity)}{KeyText.Separator}crm";

    /// <summary>Claims for links that are new. Answers those of whose claims others are in possession, or may be.</summary>
    public async Task<IReadOnlyList<Link>> ClaimAsync(IReadOnlyCollection<Link> links, CancellationToken cancellation)
    {
        var refused = await table.SubmitAsync(links.Select(link => Add(link, null)), cancellation).ConfigureAwait(false);
        if (refused.Count == 0)
        {
            return [];
        }

        // Some claims of each refused transaction are there already: left by a try before this one, or another's.
        var claims = await FindAsync([.. refused.Select(link => link.Crm)], cancellation).ConfigureAwait(false);
        var ours = refused.Where(link => !claims.TryGetValue(link.Crm, out var claim) || claim.Owner == link.ConnectWise).ToList();
        var again = await table.SubmitAsync(ours.Select(link => Add(link, claims.GetValueOrDefault(link.Crm))), cancellation).ConfigureAwait(false);
        return [.. refused.Except(ours), .. again];
    }

    /// <summary>The claims to these CRM records. A claim alone does not say that its link is there.</summary>
    public async Task<Dictionary<CrmId, Claim>> FindAsync(IReadOnlyCollection<CrmId> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<CrmId, Claim>(ids.Count);
        var buckets = ids.Distinct().Select(id => (Id: id, Address: AddressOf(id))).GroupBy(item => item.Address.Partition);
        await Parallel.ForEachAsync(buckets, cancellation, async (bucket, token) =>
        {
            var sorted = bucket.OrderBy(item => item.Address.Row, StringComparer.Ordinal).ToList();
            var rows = await table.FindAsync([.. sorted.Select(item => item.Address)], Columns, token).ConfigureAwait(false);
            lock (found)
            {
                foreach (var (id, address) in sorted)
                {
                    if (rows.TryGetValue(address.Row, out var row))
                    {
                        found[id] = new Claim(new ConnectWiseId(row.GetInt64(OwnerColumn)!.Value), row.ETag);
                    }
                }
            }
        }).ConfigureAwait(false);
        return found;
    }

    /// <summary>The claim to one CRM record; null for none.</summary>
    public async Task<Claim?> FindAsync(CrmId id, CancellationToken cancellation) =>
        (await FindAsync([id], cancellation).ConfigureAwait(false)).GetValueOrDefault(id);

    /// <summary>Claims a CRM record where nobody has, or replaces a claim that is still as it was read; false where it is not.</summary>
    public Task<bool> TryClaimAsync(Link link, Claim? read, CancellationToken cancellation) => read is null
        ? table.TryAddAsync(Row(link), cancellation)
        : table.TryReplaceAsync(Row(link), read.Read, cancellation);

    /// <summary>Gives a claim back that is still as it was read.</summary>
    public async Task ReleaseAsync(CrmId id, Claim read, CancellationToken cancellation)
    {
        var address = AddressOf(id);
        try
        {
            await table.DeleteEntityAsync(address.Partition, address.Row, read.Read, cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            // Somebody has taken or renewed it since.
        }
    }

    private RowWrite<Link> Add(Link link, Claim? read) => new(
        link,
        read is null
            ? new TableTransactionAction(TableTransactionActionType.Add, Row(link))
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, Row(link), read.Read),
        Bytes: 1024);

    private TableEntity Row(Link link)
    {
        var address = AddressOf(link.Crm);
        return new TableEntity(address.Partition, address.Row) { [OwnerColumn] = link.ConnectWise.Value };
    }

    private RowAddress AddressOf(CrmId id)
    {
        var head = id.Value.AsSpan(0, Math.Max(0, id.Value.Length - TailLength));
        var bucket = Fnv(head) % Buckets;
        return new RowAddress(string.Create(CultureInfo.InvariantCulture, $"{Scope}{KeyText.Separator}{bucket:D2}"), KeyText.Encode(id.Value));
    }

    // FNV-1a: the same in every process, which string.GetHashCode is not.
    private static uint Fnv(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash;
    }
}

/// <summary>The claim of a ConnectWise record to a CRM record, as it was read.</summary>
/// <param name="Owner">The ConnectWise record.</param>
/// <param name="Read">Its version.</param>
internal sealed record Claim(ConnectWiseId Owner, ETag Read);
