using System.Runtime.CompilerServices;
using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Changes;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Crm.BuiltIn.Writing;

namespace CrmSync.Crm.BuiltIn;

/// <summary>
/// One tenant's CRM in the product's own database, and the reference for <see cref="ICrm"/>. Safe for use by several threads. A batch is one
/// transaction: when the call fails as a whole, nothing of it was written, and it can be repeated. Records answer with every field of their
/// entity, null for blank. A repeated create is answered with the values that its record holds by now and overwrites none of them; its list
/// is joined. Neither an external key nor a list is a field: giving them leaves <see cref="CrmRecord.UpdatedAt"/> as it is.
/// </summary>
public sealed class BuiltInCrm : ICrm
{
    private const int PageSize = 1000;

    // What a batch is made of lives until the storage has written it: larger ones take more memory, and are no faster.
    private const int WritesABatch = 250;

    private readonly CrmTenant _tenant;

    internal BuiltInCrm(CrmTenant tenant) => _tenant = tenant;

    /// <inheritdoc />
    public CrmCapabilities Capabilities { get; } = new()
    {
        UniqueExternalKey = true,
        Lists = true,
        LineItems = true,
        Delete = true,
        ChangeFeed = true,
        BatchSize = WritesABatch,
        WriteConcurrency = 3,
    };

    /// <inheritdoc />
    public Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation) => _tenant.ReadAsync(
        (connection, schema) => schema.Choices with { Lists = ListTable.All(connection, schema.Tenant) }, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) =>
        _tenant.ReadAsync((_, schema) => schema.Of(entity).Definitions, cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? after = 0; after is not null;)
        {
            var from = after.Value;
            var (page, scope) = await _tenant.ReadAsync((connection, schema) =>
            {
                var scope = schema.Scope(entity);
                return (RecordTable.ReadPage(connection, schema.Of(entity), scope, Math.Max(from, scope.Floor), PageSize), scope);
            }, cancellation).ConfigureAwait(false);

            foreach (var record in page)
            {
                yield return record.ToRecord(scope);
            }

            after = page.Count == PageSize ? page[^1].Row : null;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _tenant.ReadAsync<IReadOnlyDictionary<CrmId, CrmRecord>>((connection, schema) =>
        {
            var scope = schema.Scope(entity);
            var rows = ids.Select(scope.Row).OfType<long>().Distinct();
            return RecordTable.Read(connection, schema.Of(entity), rows).Select(record => record.ToRecord(scope)).ToDictionary(record => record.Id);
        }, cancellation);
    }

    /// <inheritdoc />
    /// <remarks>A kind of key that the entity has no field for finds nothing: phones and websites are a company's, e-mails a contact's or user's.</remarks>
    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _tenant.ReadByKeysAsync<IReadOnlyList<CrmRecord>>(entity, (connection, schema) =>
        {
            var scope = schema.Scope(entity);
            var rows = KeyTable.Candidates(connection, scope, keys);
            return RecordTable.Read(connection, schema.Of(entity), rows).ConvertAll(record => record.ToRecord(scope));
        }, cancellation);
    }

    /// <inheritdoc />
    /// <remarks>A place is remembered for as long as it lies within the newest 1,000,000 entries of the entity: a batch of creates is one entry.</remarks>
    public Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var most = Math.Min(limit, Capabilities.BatchSize);
        return _tenant.ReadAsync((connection, schema) => ChangeReader.Read(connection, schema.Of(entity), schema.Scope(entity), since, most), cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The batch is larger than <see cref="CrmCapabilities.BatchSize"/>.</exception>
    public async Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count > Capabilities.BatchSize)
        {
            throw new ArgumentException($"A batch has at most {Capabilities.BatchSize} writes.", nameof(writes));
        }

        var expected = await _tenant.SchemaAsync(cancellation).ConfigureAwait(false);
        using var prepared = new PreparedWrites(expected, entity, writes);
        return await _tenant.WriteAsync<IReadOnlyList<CrmWriteResult>>((connection, schema) =>
        {
            // Fields and choices may have changed since: then they are checked again against what holds now.
            var now = _tenant.Now;
            return schema == expected ? WriteBatch.Run(connection, prepared, _ => now) : WriteBatch.Run(connection, schema, entity, writes, _ => now);
        }, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <remarks>The invitation itself is its time in the record of the user, which <see cref="BuiltInCrmBrowser"/> shows; no mail is sent.</remarks>
    public Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(invitations);
        return _tenant.WriteAsync<IReadOnlyList<CrmWriteResult>>(
            (connection, schema) => Invitations.Send(connection, schema, invitations, _tenant.Now), cancellation);
    }
}
