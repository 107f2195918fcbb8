using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>Tenants and the hashes of their keys in SQLite.</summary>
public sealed class SqliteTenantStore(SqliteDatabase database) : ITenantStore
{
    private const string InsertTenant = "INSERT INTO tenants (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
    private const string SelectTenant = "SELECT id, name, created_at FROM tenants WHERE id = $1";
    private const string SelectTenants = "SELECT id, name, created_at FROM tenants ORDER BY id";
    private const string InsertKey = "INSERT INTO access_keys (id, hash, tenant, name, created_at) VALUES ($1, $2, $3, $4, $5)";
    private const string SelectKey = "SELECT id, hash, tenant, name, created_at FROM access_keys WHERE hash = $1";
    private const string SelectKeys = "SELECT id, hash, tenant, name, created_at FROM access_keys WHERE tenant IS $1 ORDER BY created_at, number";
    private const string DeleteKey = "DELETE FROM access_keys WHERE tenant IS $1 AND id = $2";

    /// <inheritdoc />
    public Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return database.WriteAsync(
            connection => connection.Execute(InsertTenant, tenant.Id.Value, tenant.Name, StoredValues.Ticks(tenant.CreatedAt)) == 1, cancellation);
    }

    /// <inheritdoc />
    public Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellation) =>
        database.ReadAsync(connection => connection.First(SelectTenant, ToTenant, tenant.Value), cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Tenant>>(connection => connection.Rows(SelectTenants, ToTenant), cancellation);

    /// <inheritdoc />
    public Task AddKeyAsync(AccessKey key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(
            connection => connection.Execute(InsertKey, key.Id, key.Hash, key.Tenant?.Value, key.Name, StoredValues.Ticks(key.CreatedAt)), cancellation);
    }

    /// <inheritdoc />
    public Task<AccessKey?> FindKeyAsync(string hash, CancellationToken cancellation) =>
        database.ReadAsync(connection => connection.First(SelectKey, ToKey, hash), cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<AccessKey>> ListKeysAsync(TenantId? tenant, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<AccessKey>>(connection => connection.Rows(SelectKeys, ToKey, tenant?.Value), cancellation);

    /// <inheritdoc />
    public Task<bool> RemoveKeyAsync(TenantId? tenant, string id, CancellationToken cancellation) =>
        database.WriteAsync(connection => connection.Execute(DeleteKey, tenant?.Value, id) > 0, cancellation);

    private static Tenant ToTenant(SqliteDataReader row) => new(new TenantId(row.GetString(0)), row.GetString(1), StoredValues.Time(row.GetInt64(2)));

    private static AccessKey ToKey(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : new TenantId(row.GetString(2)), row.GetString(3), StoredValues.Time(row.GetInt64(4)));
}
