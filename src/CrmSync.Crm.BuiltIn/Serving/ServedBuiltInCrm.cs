using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Crm.BuiltIn.Serving;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Crm.BuiltIn.Writing;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>
/// One tenant's CRM as others work with it from elsewhere. A batch and the memory of its answer are one transaction. Answers are kept for
/// <see cref="Remembers"/>, at most the <see cref="MostRemembered"/> newest of a tenant.
/// </summary>
public sealed class ServedBuiltInCrm : IServedCrm
{
    /// <summary>Most answers that are kept for a tenant.</summary>
    public const int MostRemembered = 10_000;

    private readonly SqliteDatabase _database;
    private readonly CrmTenant _tenant;
    private volatile bool _opened;

    internal ServedBuiltInCrm(SqliteDatabase database, CrmTenant tenant, BuiltInCrm crm) => (_database, _tenant, Crm) = (database, tenant, crm);

    /// <summary>How long a batch can be asked for again.</summary>
    public static TimeSpan Remembers { get; } = TimeSpan.FromHours(24);

    /// <inheritdoc />
    public ICrm Crm { get; }

    /// <inheritdoc />
    public Task<Result<CrmRecordPage>> ReadPageAsync(Entity entity, string? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _tenant.ReadAsync<Result<CrmRecordPage>>((connection, schema) =>
        {
            var scope = schema.Scope(entity);
            if ((after is null ? scope.Floor : scope.Row(new CrmId(after))) is not { } row)
            {
                return new Refusal(RefusalKind.Invalid, "continuation-invalid", "No page gave this continuation.", "Begin with the first page.") { Field = "continuation" };
            }

            // One more than asked for tells whether there is a next page.
            var records = RecordTable.ReadPage(connection, schema.Of(entity), scope, row, limit + 1);
            var shown = records.Take(limit).Select(record => record.ToRecord(scope)).ToList();
            return new CrmRecordPage(shown, records.Count > limit ? shown[^1].Id.Value : null);
        }, cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The batch is larger than <see cref="CrmCapabilities.BatchSize"/>.</exception>
    public Task<Result<IReadOnlyList<CrmWriteResult>>> WriteOnceAsync(
        BatchName batch, Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, Crm.Capabilities.BatchSize, nameof(writes));
        return OnceAsync(batch, now => (connection, schema) => WriteBatch.Run(connection, schema, entity, writes, _ => now), cancellation);
    }

    /// <inheritdoc />
    public Task<Result<IReadOnlyList<CrmWriteResult>>> InviteOnceAsync(
        BatchName batch, IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitations);
        return OnceAsync(batch, now => (connection, schema) => Invitations.Send(connection, schema, invitations, now), cancellation);
    }

    private async Task<Result<IReadOnlyList<CrmWriteResult>>> OnceAsync(BatchName batch, Func<long, BatchWork> work, CancellationToken cancellation)
    {
        if (!_opened)
        {
            await _database.EnsureSchemaAsync(AnswerTable.Component, AnswerTable.Scripts, cancellation).ConfigureAwait(false);
            _opened = true;
        }

        return await _tenant.WriteAsync((connection, schema) => AnswerTable.Once(connection, schema, batch, _tenant.Now, work), cancellation).ConfigureAwait(false);
    }
}
