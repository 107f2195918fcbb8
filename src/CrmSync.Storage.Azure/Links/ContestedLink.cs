using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;
using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Azure.Links;

/// <summary>Settles one link whose CRM record another has claimed, or that moves from one CRM record to another (CO-5).</summary>
internal sealed class ContestedLink(
    TableClient table, RowContents contents, LinkClaims claims, string scope, string folder, LinkTiming timing, ILogger log)
{
    // Each is lost to another writer of the same row, who has gone on.
    private const int Attempts = 100;

    /// <summary>Writes a link; false where its CRM record belongs to another link.</summary>
    /// <exception cref="AzureStorageException">Others would not stop writing the same link ("storage-contended").</exception>
    public async Task<bool> TryWriteAsync(Link link, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // In this order: a renewal by another writer of this link after its row was read shows in the claim's version (see LinkClaims).
            var head = await table.FindAsync(RowKeys.Address(scope, link.ConnectWise), cancellation).ConfigureAwait(false);
            var before = LinkRows.Crm(head);
            var moved = before is { } old && old != link.Crm;
            var left = moved ? await claims.FindAsync(before!.Value, cancellation).ConfigureAwait(false) : null;
            if (before != link.Crm)
            {
                switch (await ClaimAsync(link, cancellation).ConfigureAwait(false))
                {
                    case ClaimOutcome.Refused:
                        return false;
                    case ClaimOutcome.Changed:
                        continue;
                    case ClaimOutcome.Claimed:
                    default:
                        break;
                }
            }

            if (!await SaveAsync(link, head, cancellation).ConfigureAwait(false))
            {
                continue;
            }

            if (moved && left?.Owner == link.ConnectWise)
            {
                await claims.ReleaseAsync(before!.Value, left, cancellation).ConfigureAwait(false);
            }

            await contents.RemoveAsync(head, cancellation).ConfigureAwait(false);
            return true;
        }

        throw new AzureStorageException("storage-contended", $"The link of {scope} {link.ConnectWise} is being written by others without end.",
            "See whether two hosts work on one tenant, and repeat the run.");
    }

    private async Task<ClaimOutcome> ClaimAsync(Link link, CancellationToken cancellation)
    {
        var claim = await claims.FindAsync(link.Crm, cancellation).ConfigureAwait(false);
        if (claim is not null && claim.Owner != link.ConnectWise)
        {
            var owner = await OwnerAsync(link.Crm, claim, cancellation).ConfigureAwait(false);
            if (LinkRows.Crm(owner) == link.Crm)
            {
                return ClaimOutcome.Refused;
            }

            if (!await FenceAsync(claim.Owner, owner, cancellation).ConfigureAwait(false))
            {
                return ClaimOutcome.Changed;
            }

            LinkLog.ClaimTakenOver(log, scope, claim.Owner.Value, link.ConnectWise.Value);
        }

        return await claims.TryClaimAsync(link, claim, cancellation).ConfigureAwait(false) ? ClaimOutcome.Claimed : ClaimOutcome.Changed;
    }

    // The row of the link that a claim was made for. Its writer may be about to write it: it is given some time before it is taken for dead.
    private async Task<TableEntity?> OwnerAsync(CrmId crm, Claim claim, CancellationToken cancellation)
    {
        var address = RowKeys.Address(scope, claim.Owner);
        var owner = await table.FindAsync(address, cancellation).ConfigureAwait(false);
        for (var waited = TimeSpan.Zero; waited < timing.Grace && LinkRows.Crm(owner) != crm; waited += timing.Pause)
        {
            await Task.Delay(timing.Pause, timing.Time, cancellation).ConfigureAwait(false);
            owner = await table.FindAsync(address, cancellation).ConfigureAwait(false);
            if (await claims.FindAsync(crm, cancellation).ConfigureAwait(false) != claim)
            {
                break;
            }
        }

        return owner;
    }

    // Changes the version of a link's row and nothing else; false where it was changed since it was read.
    private Task<bool> FenceAsync(ConnectWiseId id, TableEntity? row, CancellationToken cancellation) => row is null
        ? table.TryAddAsync(LinkRows.MakeFence(scope, id), cancellation)
        : table.TryReplaceAsync(row, row.ETag, cancellation);

    private async Task<bool> SaveAsync(Link link, TableEntity? head, CancellationToken cancellation)
    {
        var row = LinkRows.Make(scope, link);
        using var snapshots = new EncodedSnapshots([link]);
        await contents.PutAsync(row, folder, snapshots[0], cancellation).ConfigureAwait(false);
        return head is null
            ? await table.TryAddAsync(row, cancellation).ConfigureAwait(false)
            : await table.TryReplaceAsync(row, head.ETag, cancellation).ConfigureAwait(false);
    }

    private enum ClaimOutcome
    {
        Claimed,
        Refused,
        Changed,
    }
}

/// <summary>How long a writer who made a claim has to write its link before another may take it for dead. Only patience: CO-5 holds for any.</summary>
/// <param name="Grace">How long it has.</param>
/// <param name="Pause">How often one looks.</param>
/// <param name="Time">The clock.</param>
internal sealed record LinkTiming(TimeSpan Grace, TimeSpan Pause, TimeProvider Time);

/// <summary>What the links log. Ids only.</summary>
internal static partial class LinkLog
{
    [LoggerMessage(720, LogLevel.Warning, "In {Scope} the ConnectWise record {Taker} takes over a CRM record that {Owner} had claimed without a link.")]
    public static partial void ClaimTakenOver(ILogger logger, string scope, long owner, long taker);
}
