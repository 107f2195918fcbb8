using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Employees;

/// <summary>One tenant's part of the directory's tables, made when it is first met.</summary>
internal sealed class DirectoryTenant(SqliteDatabase database, TimeProvider time, TenantId tenant)
{
    private const string FindNumber = "SELECT number FROM directory_tenants WHERE id = $1";
    private const string Insert = "INSERT INTO directory_tenants (id, last, profiles) VALUES ($1, $2, $3) RETURNING number";
    private const string ReadProfiles = "SELECT profiles FROM directory_tenants WHERE number = $1";
    private const string WriteProfiles = "UPDATE directory_tenants SET profiles = $2 WHERE number = $1";
    private const string NextNumber = "UPDATE directory_tenants SET last = last + 1 WHERE number = $1 RETURNING last";

    // Ids begin above it, so that the first ones already look like ids.
    private const long BeforeFirst = 1000;

    private long? _number;

    /// <summary>Now, in milliseconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<T> ReadAsync<T>(Func<SqliteConnection, long, T> read, CancellationToken cancellation)
    {
        var number = await NumberAsync(cancellation).ConfigureAwait(false);
        return await database.ReadAsync(connection => read(connection, number), cancellation).ConfigureAwait(false);
    }

    public async Task<T> WriteAsync<T>(Func<SqliteConnection, long, T> write, CancellationToken cancellation)
    {
        var number = await NumberAsync(cancellation).ConfigureAwait(false);
        return await database.WriteAsync(connection => write(connection, number), cancellation).ConfigureAwait(false);
    }

    public static List<EmployeeProfile> Profiles(SqliteConnection connection, long tenant) =>
        CoreJson.Deserialize<List<EmployeeProfile>>(connection.First(ReadProfiles, row => row.GetString(0), tenant)!);

    public static void ReplaceProfiles(SqliteConnection connection, long tenant, IReadOnlyList<EmployeeProfile> profiles) =>
        connection.Execute(WriteProfiles, tenant, CoreJson.Serialize(profiles));

    /// <summary>The number of the next employee; numbers are never used again.</summary>
    public static long TakeNumber(SqliteConnection connection, long tenant) => connection.Number(NextNumber, tenant)!.Value;

    private async ValueTask<long> NumberAsync(CancellationToken cancellation)
    {
        if (_number is { } known)
        {
            return known;
        }

        await database.EnsureSchemaAsync(DirectoryTables.Component, DirectoryTables.Scripts, cancellation).ConfigureAwait(false);
        var number = await database.WriteAsync(
            connection => connection.Number(FindNumber, tenant.Value)
                ?? connection.Number(Insert, tenant.Value, BeforeFirst, CoreJson.Serialize(EmployeeProfile.Defaults))!.Value,
            cancellation).ConfigureAwait(false);
        _number = number;
        return number;
    }
}
