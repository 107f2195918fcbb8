using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tenants;

/// <summary>One tenant's part of the database: reads and writes see its schema as of their own transaction.</summary>
internal sealed class CrmTenant
{
    // Between two batches of a run there is never as much.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly TenantId _tenant;
    private readonly ITimer _quiet;
    private volatile TenantSchema? _schema;

    public CrmTenant(SqliteDatabase database, TimeProvider time, TenantId tenant)
    {
        (_database, _time, _tenant) = (database, time, tenant);
        _quiet = time.CreateTimer(_ => _ = CatchUpAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Now, in milliseconds since 1970.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The schema as it was last seen: what is made with it is checked again in the transaction that uses it.</summary>
    public async Task<TenantSchema> SchemaAsync(CancellationToken cancellation) => _schema ?? await OpenAsync(cancellation).ConfigureAwait(false);

    public async Task<T> ReadAsync<T>(Func<SqliteConnection, TenantSchema, T> read, CancellationToken cancellation)
    {
        var known = await SchemaAsync(cancellation).ConfigureAwait(false);
        return await _database.ReadAsync(connection => read(connection, Refresh(connection, known.Tenant)), cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads with the help of an entity's keys: all that was written before the call is found by them.</summary>
    public async Task<T> ReadByKeysAsync<T>(Entity entity, Func<SqliteConnection, TenantSchema, T> read, CancellationToken cancellation)
    {
        await CatchUpAsync(entity, cancellation).ConfigureAwait(false);
        return await ReadAsync(read, cancellation).ConfigureAwait(false);
    }

    public async Task<T> WriteAsync<T>(Func<SqliteConnection, TenantSchema, T> write, CancellationToken cancellation)
    {
        var known = await SchemaAsync(cancellation).ConfigureAwait(false);
        var result = await _database.WriteAsync(connection => write(connection, Refresh(connection, known.Tenant)), cancellation).ConfigureAwait(false);
        _quiet.Change(Quiet, Timeout.InfiniteTimeSpan);
        return result;
    }

    // So that nobody who looks later waits for it. It only helps: where it fails, the next look does it, and tells what is wrong.
    private async Task CatchUpAsync()
    {
        try
        {
            foreach (var entity in Enum.GetValues<Entity>())
            {
                await CatchUpAsync(entity, CancellationToken.None).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // As above; the file may be closed by now.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    // Piece by piece: other writers get their turn between.
    private async Task CatchUpAsync(Entity entity, CancellationToken cancellation)
    {
        var scope = (await SchemaAsync(cancellation).ConfigureAwait(false)).Scope(entity);
        while (await _database.ReadAsync(connection => KeyTable.IsBehind(connection, scope), cancellation).ConfigureAwait(false))
        {
            await _database.WriteAsync(connection => KeyTable.CatchUpSome(connection, scope), cancellation).ConfigureAwait(false);
        }
    }

    private TenantSchema Refresh(SqliteConnection connection, long number)
    {
        var schema = TenantTable.Read(connection, number, _schema);
        _schema = schema;
        return schema;
    }

    private async Task<TenantSchema> OpenAsync(CancellationToken cancellation)
    {
        await _database.EnsureSchemaAsync(Tables.Component, Tables.Scripts, cancellation).ConfigureAwait(false);
        var schema = await _database.WriteAsync(connection => TenantTable.Read(connection, TenantTable.Ensure(connection, _tenant), null), cancellation)
            .ConfigureAwait(false);
        _schema ??= schema;
        return _schema;
    }
}
