using Azure;
using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Invitations;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Invitations in Table storage. A move replaces the row it has read, by its ETag, so of any number of writers one makes it; the others read again and find
/// a state that their move does not start from. An invitation that is to be sent again has forgotten its token, so a link of an earlier message opens nothing.
/// </summary>
public sealed class AzureInvitationStore : IInvitationStore
{
    // Each is lost to another writer of the same invitation, who has gone on; an invitation has few moves to make.
    private const int Attempts = 20;

    private readonly TableClient _table;

    internal AzureInvitationStore(TableClient table) => _table = table;

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The invitation is neither waiting nor due.</exception>
    public Task AddAsync(TenantId tenant, Invitation invitation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        if (invitation.State is not (InvitationState.Waiting or InvitationState.Due))
        {
            throw new ArgumentException("An invitation begins as waiting or due.", nameof(invitation));
        }

        var begun = invitation with { TokenHash = null, At = null, Error = null };
        return _table.TryAddAsync(InvitationRows.Make(tenant, begun, Guid.NewGuid()), cancellation);
    }

    /// <inheritdoc />
    public Task ReaddressAsync(TenantId tenant, CrmId employee, string email, string name, CancellationToken cancellation) =>
        MoveAsync(tenant, employee, stored => stored.State is InvitationState.Waiting or InvitationState.Due or InvitationState.Refused
            ? stored with { Email = email, Name = name } : null, cancellation);

    /// <inheritdoc />
    public async Task<bool> TryReleaseAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) =>
        await MoveAsync(tenant, employee, stored => stored.State is InvitationState.Waiting or InvitationState.Refused ? Again(stored) : null, cancellation)
            .ConfigureAwait(false) is not null;

    /// <inheritdoc />
    public async Task<bool> TryTakeAsync(TenantId tenant, CrmId employee, string tokenHash, DateTimeOffset at, CancellationToken cancellation) =>
        await MoveAsync(tenant, employee, stored => stored.State == InvitationState.Due
            ? stored with { State = InvitationState.Sending, TokenHash = tokenHash, At = at, Error = null } : null, cancellation)
            .ConfigureAwait(false) is not null;

    /// <inheritdoc />
    public Task CompleteAsync(TenantId tenant, CrmId employee, DateTimeOffset at, string? error, CancellationToken cancellation) =>
        MoveAsync(tenant, employee, stored => stored.State == InvitationState.Sending
            ? stored with { State = error is null ? InvitationState.Sent : InvitationState.Refused, At = at, Error = error } : null, cancellation);

    /// <inheritdoc />
    public async Task<bool> TryReviveAsync(TenantId tenant, CrmId employee, DateTimeOffset begunBefore, CancellationToken cancellation) =>
        await MoveAsync(tenant, employee, stored => stored.State == InvitationState.Sending && stored.At < begunBefore ? Again(stored) : null, cancellation)
            .ConfigureAwait(false) is not null;

    /// <inheritdoc />
    public async Task<Invitation?> RedeemAsync(TenantId tenant, string tokenHash, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tokenHash);
        if (await _table.FindAsync(InvitationRows.AddressOf(tenant, tokenHash), cancellation).ConfigureAwait(false) is not { } token)
        {
            return null;
        }

        return await MoveAsync(tenant, InvitationRows.EmployeeOf(token), stored =>
            stored.TokenHash == tokenHash && stored.State is InvitationState.Sent or InvitationState.Sending
                ? stored with { State = InvitationState.Redeemed, At = at } : null, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<Invitation?> FindAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) =>
        await _table.FindAsync(InvitationRows.AddressOf(tenant, employee), cancellation).ConfigureAwait(false) is { } row ? InvitationRows.Read(row) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var invitations = await _table.QueryAsync<TableEntity>(InvitationRows.FilterOf(tenant), cancellationToken: cancellation)
            .Select(InvitationRows.Read).ToListAsync(cancellation).ConfigureAwait(false);
        return [.. invitations.OrderBy(invitation => invitation.Employee)];
    }

    /// <summary>Makes a move, and answers the invitation behind it; null where the move does not start from how the invitation stands.</summary>
    private async Task<Invitation?> MoveAsync(TenantId tenant, CrmId employee, Func<Invitation, Invitation?> move, CancellationToken cancellation)
    {
        var writer = Guid.NewGuid();
        Invitation? written = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await _table.FindAsync(InvitationRows.AddressOf(tenant, employee), cancellation).ConfigureAwait(false);
            if (written is not null && InvitationRows.WriterOf(row) == writer)
            {
                // Its write had been done when the answer was lost; repeated by itself, it was refused.
                return written;
            }

            if (row is null || move(InvitationRows.Read(row)) is not { } moved)
            {
                return null;
            }

            written = moved;
            if (await _table.TrySubmitAsync(Actions(tenant, row, moved, writer), cancellation).ConfigureAwait(false))
            {
                return moved;
            }
        }

        throw new AzureStorageException("storage-contended", $"The invitation of the employee {employee} is being written by others without end.",
            "See whether two hosts work on one tenant.");
    }

    private static List<TableTransactionAction> Actions(TenantId tenant, TableEntity read, Invitation moved, Guid writer)
    {
        var actions = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.UpdateReplace, InvitationRows.Make(tenant, moved, writer), read.ETag),
        };
        var before = InvitationRows.Read(read).TokenHash;
        if (before is not null && before != moved.TokenHash)
        {
            actions.Add(new TableTransactionAction(
                TableTransactionActionType.Delete, InvitationRows.MakeToken(tenant, before, moved.Employee), ETag.All));
        }

        if (moved.TokenHash is { } after && after != before)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, InvitationRows.MakeToken(tenant, after, moved.Employee)));
        }

        return actions;
    }

    private static Invitation Again(Invitation stored) => stored with { State = InvitationState.Due, TokenHash = null, At = null, Error = null };
}
