using Azure;
using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Tenants and the hashes of their keys in Table storage. A key has two rows: one in its tenant's list, and one by its hash, which makes it open. The
/// list's is written first and removed last, so that no key opens that is in no list; removing what a crash left behind completes it.
/// </summary>
public sealed class AzureTenantStore : ITenantStore
{
    private const string Tenants = "tenants";
    private const string Keys = "keys";
    private const string IdColumn = "Id";
    private const string HashColumn = "Hash";
    private const string TenantColumn = "Tenant";
    private const string NameColumn = "Name";
    private const string CreatedColumn = "CreatedAt";
    private const string WriterColumn = "Writer";

    private readonly TableClient _table;

    internal AzureTenantStore(TableClient table) => _table = table;

    /// <inheritdoc />
    public async Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        var address = new RowAddress(Tenants, tenant.Id.Value);
        var writer = Guid.NewGuid();
        var row = new TableEntity(address.Partition, address.Row)
        {
            [NameColumn] = tenant.Name,
            [CreatedColumn] = tenant.CreatedAt.UtcTicks,
            [WriterColumn] = writer,
        };

        // One whose answer was lost is repeated and then refused: the row tells whose it is.
        return await _table.TryAddAsync(row, cancellation).ConfigureAwait(false)
            || (await _table.FindAsync(address, cancellation).ConfigureAwait(false))?.GetGuid(WriterColumn) == writer;
    }

    /// <inheritdoc />
    public async Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellation) =>
        await _table.FindAsync(new RowAddress(Tenants, KeyText.Encode(tenant.Value)), cancellation).ConfigureAwait(false) is { } row ? ToTenant(row) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation)
    {
        var tenants = await RowsAsync(Tenants, cancellation).Select(ToTenant).ToListAsync(cancellation).ConfigureAwait(false);
        return [.. tenants.OrderBy(tenant => tenant.Id.Value, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public async Task AddKeyAsync(AccessKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach (var address in (RowAddress[])[InList(key.Tenant, key.Id), ByHash(key.Hash)])
        {
            // One that is there already is this key's, of a try whose answer was lost: ids and hashes are random.
            await _table.TryAddAsync(ToRow(address, key), cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return await _table.FindAsync(ByHash(hash), cancellation).ConfigureAwait(false) is { } row ? ToKey(row) : null;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AccessKey>> ListKeysAsync(TenantId? tenant, CancellationToken cancellation)
    {
        var keys = await RowsAsync(ListOf(tenant), cancellation).Select(ToKey).ToListAsync(cancellation).ConfigureAwait(false);
        return [.. keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public async Task<bool> RemoveKeyAsync(TenantId? tenant, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        var inList = InList(tenant, id);
        if (await _table.FindAsync(inList, cancellation).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        var byHash = ByHash(row.GetString(HashColumn));
        await _table.DeleteEntityAsync(byHash.Partition, byHash.Row, ETag.All, cancellation).ConfigureAwait(false);
        await _table.DeleteEntityAsync(inList.Partition, inList.Row, ETag.All, cancellation).ConfigureAwait(false);
        return true;
    }

    // A tenant's id has no separator: the operators' list is no tenant's.
    private static string ListOf(TenantId? tenant) => $"{Keys}{KeyText.Separator}{(tenant is { } id ? KeyText.Encode(id.Value) : "")}";

    private static RowAddress InList(TenantId? tenant, string id) => new(ListOf(tenant), KeyText.Encode(id));

    private static RowAddress ByHash(string hash) => new(Keys, KeyText.Encode(hash));

    private AsyncPageable<TableEntity> RowsAsync(string partition, CancellationToken cancellation) =>
        _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellation);

    private static Tenant ToTenant(TableEntity row) => new(new TenantId(row.RowKey), row.GetString(NameColumn), TimeOf(row));

    private static TableEntity ToRow(RowAddress address, AccessKey key) => new(address.Partition, address.Row)
    {
        [IdColumn] = key.Id,
        [HashColumn] = key.Hash,
        [TenantColumn] = key.Tenant?.Value,
        [NameColumn] = key.Name,
        [CreatedColumn] = key.CreatedAt.UtcTicks,
    };

    private static AccessKey ToKey(TableEntity row) => new(
        row.GetString(IdColumn), row.GetString(HashColumn), row.GetString(TenantColumn) is { } tenant ? new TenantId(tenant) : null,
        row.GetString(NameColumn), TimeOf(row));

    private static DateTimeOffset TimeOf(TableEntity row) => new(row.GetInt64(CreatedColumn)!.Value, TimeSpan.Zero);
}
