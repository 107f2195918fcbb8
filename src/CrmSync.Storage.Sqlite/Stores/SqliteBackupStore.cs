using System.Runtime.CompilerServices;
using CrmSync.Core;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>Backups in SQLite: each piece a row of gzipped JSON lines, read one piece at a time.</summary>
public sealed class SqliteBackupStore(SqliteDatabase database, TimeProvider time) : IBackupStore
{
    private const string Insert = """
        INSERT INTO backups (run, stage, number, batch, records, taken_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (run, stage, number, batch) DO NOTHING
        """;

    private const string SelectList = """
        SELECT k.run, sum(b.records), min(b.taken_at) FROM run_keys AS k JOIN backups AS b ON b.run = k.key
        WHERE k.tenant = $1 GROUP BY k.key ORDER BY k.run DESC
        """;

    private const string SelectNext = "SELECT id, content FROM backups WHERE run = $1 AND id > $2 ORDER BY id LIMIT 1";

    /// <inheritdoc />
    public async Task WriteAsync(
        TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var content = await Task.Run(() => Pack(records), cancellation).ConfigureAwait(false);
        var takenAt = StoredValues.Ticks(time.GetUtcNow());
        await database.WriteAsync(connection =>
        {
            connection.Bulk(Insert).Bind(StoredKeys.Make(connection, tenant, run)).Bind(StoredValues.Number(name.Stage)).Bind(name.Number)
                .Bind(name.Batch).Bind(records.Count).Bind(takenAt).Bind(content.Span).Run();
        }, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<BackupSummary>>(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.Rows(SelectList, row => new BackupSummary(new RunId(row.GetString(0)), row.GetInt64(1), StoredValues.Time(row.GetInt64(2))), key)
            : [], cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = 0L;
        while (await NextAsync(tenant, run, last, cancellation).ConfigureAwait(false) is { } piece)
        {
            last = piece.Id;
            using var compressed = piece.Content;
            using var lines = Gzip.Decompress(compressed);
            foreach (var record in JsonLines.Read<BackupRecord>(lines.Memory))
            {
                yield return record;
            }
        }
    }

    private Task<Piece?> NextAsync(TenantId tenant, RunId run, long after, CancellationToken cancellation) =>
        database.ReadAsync(connection => StoredKeys.Find(connection, tenant, run) is { } key
            ? connection.First(SelectNext, row => new Piece(row.GetInt64(0), StoredValues.Blob(row, 1)), key, after)
            : null, cancellation);

    private static PooledBuffer Pack(IReadOnlyList<BackupRecord> records)
    {
        using var lines = JsonLines.Write(records);
        return Gzip.Compress(lines.Span);
    }

    private sealed record Piece(long Id, PooledBuffer Content);
}
