using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn.Tenants;

/// <summary>One tenant's part of the database: reads and writes see its schema as of their own transaction.</summary>
internal sealed class CrmTenant(SqliteDatabase database, TimeProvider time, TenantId tenant)
{
    private volatile TenantSchema? _schema;

    /// <summary>Now, in milliseconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The schema as it was last seen: what is made with it is checked again in the transaction that uses it.</summary>
    public async Task<TenantSchema> SchemaAsync(CancellationToken cancellation) => _schema ?? await OpenAsync(cancellation).ConfigureAwait(false);

    public async Task<T> ReadAsync<T>(Func<SqliteConnection, TenantSchema, T> read, CancellationToken cancellation)
    {
        var known = await SchemaAsync(cancellation).ConfigureAwait(false);
        return await database.ReadAsync(connection => read(connection, Refresh(connection, known.Tenant)), cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads with the help of an entity's keys: all that was written before the call is found by them.</summary>
    public async Task<T> ReadByKeysAsync<T>(Entity entity, Func<SqliteConnection, TenantSchema, T> read, CancellationToken cancellation)
    {
        if (await ReadAsync((connection, schema) => KeyTable.IsBehind(connection, schema.Scope(entity)), cancellation).ConfigureAwait(false))
        {
            await WriteAsync((connection, schema) =>
            {
                KeyTable.CatchUp(connection, schema.Scope(entity));
                return true;
            }, cancellation).ConfigureAwait(false);
        }

        return await ReadAsync(read, cancellation).ConfigureAwait(false);
    }

    public async Task<T> WriteAsync<T>(Func<SqliteConnection, TenantSchema, T> write, CancellationToken cancellation)
    {
        var known = await SchemaAsync(cancellation).ConfigureAwait(false);
        return await database.WriteAsync(connection => write(connection, Refresh(connection, known.Tenant)), cancellation).ConfigureAwait(false);
    }

    private TenantSchema Refresh(SqliteConnection connection, long number)
    {
        var schema = TenantTable.Read(connection, number, _schema);
        _schema = schema;
        return schema;
    }

    private async Task<TenantSchema> OpenAsync(CancellationToken cancellation)
    {
        await database.EnsureSchemaAsync(Tables.Component, Tables.Scripts, cancellation).ConfigureAwait(false);
        var schema = await database.WriteAsync(connection => TenantTable.Read(connection, TenantTable.Ensure(connection, tenant), null), cancellation)
            .ConfigureAwait(false);
        _schema ??= schema;
        return _schema;
    }
}
