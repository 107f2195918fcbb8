using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>Pictures in SQLite, one row a tenant and content.</summary>
public sealed class SqlitePictureStore(SqliteDatabase database) : IPictureStore
{
    private const string Insert =
        "INSERT INTO pictures (tenant, hash, content_type, content) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, hash) DO NOTHING";

    private const string Select = "SELECT content_type, content FROM pictures WHERE tenant = $1 AND hash = $2";

    /// <inheritdoc />
    public Task WriteAsync(TenantId tenant, Picture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return database.WriteAsync(
            connection => connection.Execute(
                Insert, StoredKeys.Make(connection, tenant), picture.Hash, picture.ContentType, picture.Content.ToArray()),
            cancellation);
    }

    /// <inheritdoc />
    public Task<Picture?> ReadAsync(TenantId tenant, string hash, CancellationToken cancellation) =>
        database.ReadAsync(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.First(Select, row => new Picture(hash, row.GetString(0), row.GetFieldValue<byte[]>(1)), key, hash)
            : null, cancellation);
}
