using CrmSync.Core.Records;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// The numbers that stand for tenants and runs. A run's number is found through its tenant only, so that none is reached from another's (AX-1).
/// </summary>
internal static class StoredKeys
{
    private const string FindTenant = "SELECT key FROM tenant_keys WHERE tenant = $1";
    private const string AddTenant = "INSERT INTO tenant_keys (tenant) VALUES ($1) RETURNING key";

    private const string FindRun =
        "SELECT r.key FROM run_keys r JOIN tenant_keys t ON t.key = r.tenant WHERE t.tenant = $1 AND r.run = $2";

    private const string AddRun = "INSERT INTO run_keys (tenant, run) VALUES ($1, $2) RETURNING key";
    private const string NameRun = "SELECT run FROM run_keys WHERE key = $1";

    /// <summary>A tenant's number; null for one that has stored nothing.</summary>
    public static long? Find(SqliteConnection connection, TenantId tenant) => connection.Number(FindTenant, tenant.Value);

    /// <summary>A tenant's number, made where there is none.</summary>
    public static long Make(SqliteConnection connection, TenantId tenant) =>
        Find(connection, tenant) ?? connection.Number(AddTenant, tenant.Value)!.Value;

    /// <summary>A run's number; null for one that has stored nothing.</summary>
    public static long? Find(SqliteConnection connection, TenantId tenant, RunId run) => connection.Number(FindRun, tenant.Value, run.Value);

    /// <summary>A run's number, made where there is none.</summary>
    public static long Make(SqliteConnection connection, TenantId tenant, RunId run) =>
        Find(connection, tenant, run) ?? connection.Number(AddRun, Make(connection, tenant), run.Value)!.Value;

    /// <summary>The run that a number stands for.</summary>
    public static RunId NameOf(SqliteConnection connection, long run) => new(connection.First(NameRun, row => row.GetString(0), run)!);
}
