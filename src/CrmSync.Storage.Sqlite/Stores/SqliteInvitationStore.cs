using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Invitations in SQLite, one row an employee. Each move is one UPDATE that names the states it starts from: whoever comes second changes nothing. An
/// invitation that is to be sent again has forgotten its token, so a link of an earlier message opens nothing any more.
/// </summary>
public sealed class SqliteInvitationStore(SqliteDatabase database) : IInvitationStore
{
    private const string Insert = """
        INSERT INTO invitations (tenant, employee, email, name, state) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, employee) DO NOTHING
        """;

    private const string Readdress = "UPDATE invitations SET email = $3, name = $4 WHERE tenant = $1 AND employee = $2 AND state IN ($5, $6, $7)";

    private const string Release = """
        UPDATE invitations SET state = $3, token_hash = NULL, at = NULL, error = NULL WHERE tenant = $1 AND employee = $2 AND state IN ($4, $5)
        """;

    private const string Take = """
        UPDATE invitations SET state = $3, token_hash = $4, at = $5, error = NULL WHERE tenant = $1 AND employee = $2 AND state = $6
        """;

    private const string Complete = "UPDATE invitations SET state = $3, at = $4, error = $5 WHERE tenant = $1 AND employee = $2 AND state = $6";

    private const string Revive = """
        UPDATE invitations SET state = $3, token_hash = NULL, at = NULL, error = NULL WHERE tenant = $1 AND employee = $2 AND state = $4 AND at < $5
        """;

    private const string Redeem = """
        UPDATE invitations SET state = $3, at = $4 WHERE tenant = $1 AND token_hash = $2 AND state IN ($5, $6)
        RETURNING employee, email, name, state, token_hash, at, error
        """;

    private const string SelectOne =
        "SELECT employee, email, name, state, token_hash, at, error FROM invitations WHERE tenant = $1 AND employee = $2";

    private const string SelectAll = "SELECT employee, email, name, state, token_hash, at, error FROM invitations WHERE tenant = $1";

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The invitation is neither waiting nor due.</exception>
    public Task AddAsync(TenantId tenant, Invitation invitation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        if (invitation.State is not (InvitationState.Waiting or InvitationState.Due))
        {
            throw new ArgumentException("An invitation begins as waiting or due.", nameof(invitation));
        }

        return database.WriteAsync(
            connection => connection.Execute(Insert, StoredKeys.Make(connection, tenant), invitation.Employee.Value, invitation.Email, invitation.Name,
                StoredValues.Number(invitation.State)),
            cancellation);
    }

    /// <inheritdoc />
    public Task ReaddressAsync(TenantId tenant, CrmId employee, string email, string name, CancellationToken cancellation) =>
        MoveAsync(tenant, (connection, key) => connection.Execute(Readdress, key, employee.Value, email, name,
            Number(InvitationState.Waiting), Number(InvitationState.Due), Number(InvitationState.Refused)), cancellation);

    /// <inheritdoc />
    public Task<bool> TryReleaseAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) =>
        MoveAsync(tenant, (connection, key) => connection.Execute(Release, key, employee.Value, Number(InvitationState.Due),
            Number(InvitationState.Waiting), Number(InvitationState.Refused)), cancellation);

    /// <inheritdoc />
    public Task<bool> TryTakeAsync(TenantId tenant, CrmId employee, string tokenHash, DateTimeOffset at, CancellationToken cancellation) =>
        MoveAsync(tenant, (connection, key) => connection.Execute(Take, key, employee.Value, Number(InvitationState.Sending),
            tokenHash, StoredValues.Ticks(at), Number(InvitationState.Due)), cancellation);

    /// <inheritdoc />
    public Task CompleteAsync(TenantId tenant, CrmId employee, DateTimeOffset at, string? error, CancellationToken cancellation) =>
        MoveAsync(tenant, (connection, key) => connection.Execute(Complete, key, employee.Value,
            Number(error is null ? InvitationState.Sent : InvitationState.Refused), StoredValues.Ticks(at), error, Number(InvitationState.Sending)),
            cancellation);

    /// <inheritdoc />
    public Task<bool> TryReviveAsync(TenantId tenant, CrmId employee, DateTimeOffset begunBefore, CancellationToken cancellation) =>
        MoveAsync(tenant, (connection, key) => connection.Execute(Revive, key, employee.Value, Number(InvitationState.Due),
            Number(InvitationState.Sending), StoredValues.Ticks(begunBefore)), cancellation);

    /// <inheritdoc />
    public Task<Invitation?> RedeemAsync(TenantId tenant, string tokenHash, DateTimeOffset at, CancellationToken cancellation) =>
        database.WriteAsync(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.First(Redeem, Read, key, tokenHash, Number(InvitationState.Redeemed), StoredValues.Ticks(at),
                Number(InvitationState.Sent), Number(InvitationState.Sending))
            : null, cancellation);

    /// <inheritdoc />
    public Task<Invitation?> FindAsync(TenantId tenant, CrmId employee, CancellationToken cancellation) =>
        database.ReadAsync(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.First(SelectOne, Read, key, employee.Value)
            : null, cancellation);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, CancellationToken cancellation)
    {
        var invitations = await database.ReadAsync(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.Rows(SelectAll, Read, key)
            : [], cancellation).ConfigureAwait(false);

        // SQLite compares bytes of UTF-8, which is another order beyond the first 65,536 characters.
        return [.. invitations.OrderBy(invitation => invitation.Employee)];
    }

    private Task<bool> MoveAsync(TenantId tenant, Func<SqliteConnection, long, int> move, CancellationToken cancellation) =>
        database.WriteAsync(connection => StoredKeys.Find(connection, tenant) is { } key && move(connection, key) == 1, cancellation);

    private static long Number(InvitationState state) => StoredValues.Number(state);

    private static Invitation Read(SqliteDataReader row) => new()
    {
        Employee = new CrmId(row.GetString(0)),
        Email = row.GetString(1),
        Name = row.GetString(2),
        State = StoredValues.ToInvitationState(row.GetInt64(3)),
        TokenHash = row.IsDBNull(4) ? null : row.GetString(4),
        At = row.IsDBNull(5) ? null : StoredValues.Time(row.GetInt64(5)),
        Error = row.IsDBNull(6) ? null : row.GetString(6),
    };
}
