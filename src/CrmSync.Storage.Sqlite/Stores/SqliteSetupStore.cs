using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Storage.Sqlite;

/// <summary>The set-ups in SQLite, one row a tenant, guarded by its version.</summary>
public sealed class SqliteSetupStore(SqliteDatabase database) : ISetupStore
{
    private const string Select = "SELECT content FROM setups WHERE tenant = $1";

    // A first save inserts version 1; every other updates exactly the version it was read in.
    private const string Write = """
        INSERT INTO setups (tenant, version, content) SELECT $1, $2 + 1, $3 WHERE $2 = 0 OR EXISTS (SELECT 1 FROM setups WHERE tenant = $1)
        ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, content = excluded.content WHERE setups.version = $2
        """;

    /// <inheritdoc />
    public Task<TenantSetup> ReadAsync(TenantId tenant, CancellationToken cancellation) =>
        database.ReadAsync(connection =>
        {
            var content = StoredKeys.Find(connection, tenant) is { } key ? connection.First(Select, row => row.GetString(0), key) : null;
            return content is null ? new TenantSetup() : CoreJson.Deserialize<TenantSetup>(content);
        }, cancellation);

    /// <inheritdoc />
    public Task<bool> TryWriteAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return database.WriteAsync(connection =>
        {
            var content = CoreJson.Serialize(setup with { Version = setup.Version + 1 });
            return connection.Execute(Write, StoredKeys.Make(connection, tenant), setup.Version, content) == 1;
        }, cancellation);
    }
}
