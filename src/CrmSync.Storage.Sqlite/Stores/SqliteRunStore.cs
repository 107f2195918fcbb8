using System.Buffers;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Storage.Sqlite;

/// <summary>Runs in SQLite. A unique index over the runs of a kind that have not ended holds IM-8; parts are gzipped.</summary>
public sealed class SqliteRunStore(SqliteDatabase database) : IRunStore
{
    private const string SelectUnderWay = "SELECT content FROM runs WHERE tenant = $1 AND kind = $2 AND ended = 0";
    private const string Insert = "INSERT INTO runs (key, tenant, ended, content, kind) VALUES ($1, $2, $3, $4, $5)";

    private const string SelectList = """
        SELECT r.content FROM run_keys AS k JOIN runs AS r ON r.key = k.key
        WHERE k.tenant = $1 AND ($2 IS NULL OR k.run < $2) ORDER BY k.run DESC LIMIT $3
        """;

    private const string UpsertPart = """
        INSERT INTO run_parts (run, kind, stage, number, content) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (run, kind, stage, number) DO UPDATE SET content = excluded.content
        """;

    private const string SelectPart = "SELECT content FROM run_parts WHERE run = $1 AND kind = $2 AND stage = $3 AND number = $4";
    private const string SelectPartNames = "SELECT stage, number FROM run_parts WHERE run = $1 AND kind = $2";
    private const string DeleteParts = "DELETE FROM run_parts WHERE run = $1 AND kind = $2";
    private const string DeletePlannedLinks = "DELETE FROM planned_links WHERE run = $1";

    private const string UpsertPlannedLink = """
        INSERT INTO planned_links (run, entity, connectwise, crm, type) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (run, entity, connectwise) DO UPDATE SET crm = excluded.crm, type = excluded.type
        """;

    private const string SelectPlannedLink = "SELECT crm, type FROM planned_links WHERE run = ?1 AND entity = ?2 AND connectwise = ?3";

    /// <inheritdoc />
    public Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        return database.WriteAsync(connection =>
        {
            var (tenant, kind) = (StoredKeys.Make(connection, run.Tenant), StoredValues.Number(run.Kind));
            if (connection.First(SelectUnderWay, RunRows.Read, tenant, kind) is { } running)
            {
                return running;
            }

            connection.Execute(Insert, StoredKeys.Make(connection, run.Tenant, run.Id), tenant, run.Ended ? 1 : 0, CoreJson.Serialize(run), kind);
            return null;
        }, cancellation);
    }

    /// <inheritdoc />
    /// <remarks>
    /// A run that was asked to stop stays so when someone who had read it before stores it as running; one that has ended stays ended.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The run was never stored.</exception>
    public Task UpdateAsync(Run run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        return database.WriteAsync(connection =>
        {
            if (StoredKeys.Find(connection, run.Tenant, run.Id) is not { } key || RunRows.Find(connection, key) is not { } stored)
            {
                throw new InvalidOperationException($"The run {run.Id} was never stored.");
            }

            if (stored.Ended && !run.Ended)
            {
                return;
            }

            var keepsCancelling = stored.State == RunState.Cancelling && run.State == RunState.Running;
            RunRows.Update(connection, key, keepsCancelling ? run with { State = RunState.Cancelling } : run);
        }, cancellation);
    }

    /// <inheritdoc />
    public Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        database.ReadAsync(connection => StoredKeys.Find(connection, tenant, run) is { } key ? RunRows.Find(connection, key) : null, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Run>>(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.Rows(SelectList, RunRows.Read, key, before?.Value, limit)
            : [], cancellation);

    /// <inheritdoc />
    public async Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        // Compressed ahead of the write, so that no other writer waits for it.
        using var compressed = await Task.Run(() => Gzip.Compress(content.Span), cancellation).ConfigureAwait(false);
        await database.WriteAsync(connection =>
        {
            connection.Bulk(UpsertPart).Bind(StoredKeys.Make(connection, tenant, run)).Bind(StoredValues.Number(name.Kind))
                .Bind(StoredValues.Number(name.Stage)).Bind(name.Number).Bind(compressed.Span).Run();
        }, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation)
    {
        using var compressed = await database.ReadAsync(connection => StoredKeys.Find(connection, tenant, run) is { } key
            ? connection.First(SelectPart, row => StoredValues.Blob(row, 0),
                key, StoredValues.Number(name.Kind), StoredValues.Number(name.Stage), name.Number)
            : null, cancellation).ConfigureAwait(false);
        return compressed is null ? null : Gzip.Decompress(compressed);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation)
    {
        var names = await database.ReadAsync(connection => StoredKeys.Find(connection, tenant, run) is { } key
            ? connection.Rows(SelectPartNames, row => new PartName(kind, StoredValues.ToEntity(row.GetInt64(0)), row.GetInt32(1)),
                key, StoredValues.Number(kind))
            : [], cancellation).ConfigureAwait(false);
        return [.. names.OrderBy(name => name.Stage).ThenBy(name => name.Number)];
    }

    /// <inheritdoc />
    public Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        database.WriteAsync(connection =>
        {
            if (StoredKeys.Find(connection, tenant, run) is { } key)
            {
                foreach (var kind in PartKinds.Temporary)
                {
                    connection.Execute(DeleteParts, key, StoredValues.Number(kind));
                }

                connection.Execute(DeletePlannedLinks, key);
            }
        }, cancellation);

    /// <inheritdoc />
    public Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation) =>
        database.WriteAsync(connection =>
        {
            var upsert = connection.Bulk(UpsertPlannedLink);
            var (key, number) = (StoredKeys.Make(connection, tenant, run), StoredValues.Number(entity));
            foreach (var (id, target) in targets)
            {
                upsert.Bind(key).Bind(number).Bind(id.Value).Bind(target.Crm?.Value).Bind(target.Type).Run();
            }
        }, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<ConnectWiseId, LinkTarget>>(connection =>
        {
            var (statement, number) = (connection.Bulk(SelectPlannedLink), StoredValues.Number(entity));
            return StoredKeys.Find(connection, tenant, run) is { } key
                ? LinkTargets.Find(ids, id => statement.Bind(key).Bind(number).Bind(id.Value)) : [];
        }, cancellation);
}
