using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>Links in SQLite. A unique index over the CRM's ids holds CO-5, whatever two writers do at once.</summary>
public sealed class SqliteLinkStore(SqliteDatabase database) : ILinkStore
{
    private const string Columns = "connectwise, crm, type, updated_at, run, snapshots";

    private const string SelectRange =
        $"SELECT {Columns} FROM links WHERE tenant = $1 AND entity = $2 AND connectwise > $3 AND connectwise <= $4 ORDER BY connectwise";

    private const string SelectTarget = "SELECT crm, type FROM links WHERE tenant = ?1 AND entity = ?2 AND connectwise = ?3";
    private const string SelectByCrm = "SELECT connectwise FROM links WHERE tenant = ?1 AND entity = ?2 AND crm = ?3";

    // Both ways of CO-5: a new link whose CRM record is taken is left out by the second clause. A stored link keeps its CRM record nearly always, and
    // then its place in the index by CRM ids is not touched; one that moves to another record changes no row here and is left to the next statement.
    private const string Upsert = """
        INSERT INTO links (tenant, entity, connectwise, crm, type, updated_at, run, snapshots) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (tenant, entity, connectwise) DO UPDATE SET
            type = excluded.type, updated_at = excluded.updated_at, run = excluded.run, snapshots = excluded.snapshots
            WHERE links.crm = excluded.crm
        ON CONFLICT (tenant, entity, crm) DO NOTHING
        """;

    private const string Move = """
        UPDATE OR IGNORE links SET crm = ?4, type = ?5, updated_at = ?6, run = ?7, snapshots = ?8 WHERE tenant = ?1 AND entity = ?2 AND connectwise = ?3
        """;

    private const string SelectCount = "SELECT count(*) FROM links WHERE tenant = $1 AND entity = $2";

    /// <inheritdoc />
    public Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        return database.ReadAsync<IReadOnlyList<Link>>(
            connection => StoredKeys.Find(connection, tenant) is { } key ? ReadRange(connection, key, entity, range) : [], cancellation);
    }

    /// <inheritdoc />
    public async Task<Link?> FindAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation)
    {
        var found = await ReadRangeAsync(tenant, entity, new IdRange(id.Value - 1, id.Value), cancellation).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindTargetsAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<ConnectWiseId, LinkTarget>>(
            connection => StoredKeys.Find(connection, tenant) is { } key ? LinkTargets.Find(connection.Bulk(SelectTarget), key, entity, ids) : [],
            cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<CrmId, ConnectWiseId>>(connection =>
        {
            var found = new Dictionary<CrmId, ConnectWiseId>(ids.Count);
            if (StoredKeys.Find(connection, tenant) is { } key)
            {
                var statement = connection.Bulk(SelectByCrm);
                foreach (var id in ids)
                {
                    statement.Bind(key).Bind(StoredValues.Number(entity)).Bind(id.Value);
                    if (statement.Step())
                    {
                        found[id] = new ConnectWiseId(statement.Number(0));
                        statement.Reset();
                    }
                }
            }

            return found;
        }, cancellation);

    /// <inheritdoc />
    /// <remarks>The links are taken in their order: of two in one call with the same CRM record, the second is refused.</remarks>
    public async Task<IReadOnlyList<ConnectWiseId>> WriteAsync(
        TenantId tenant, Entity entity, IReadOnlyList<Link> links, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(links);
        if (links.Count == 0)
        {
            return [];
        }

        // Encoded ahead of the write, so that no other writer waits for it.
        using var snapshots = new EncodedSnapshots(links);
        return await database.WriteAsync<IReadOnlyList<ConnectWiseId>>(
            connection => Write(connection, tenant, entity, links, snapshots), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<long> CountAsync(TenantId tenant, Entity entity, CancellationToken cancellation) =>
        database.ReadAsync(connection =>
            StoredKeys.Find(connection, tenant) is { } key ? connection.Number(SelectCount, key, StoredValues.Number(entity)) ?? 0 : 0, cancellation);

    private static List<Link> ReadRange(SqliteConnection connection, long tenant, Entity entity, IdRange range)
    {
        var snapshots = new LinkSnapshotReader();
        var runs = new Dictionary<long, RunId>();
        var links = new List<Link>();
        using var row = connection.Statement(SelectRange, tenant, StoredValues.Number(entity), range.After, range.UpTo ?? long.MaxValue).ExecuteReader();
        while (row.Read())
        {
            var runKey = row.GetInt64(4);
            if (!runs.TryGetValue(runKey, out var run))
            {
                run = StoredKeys.NameOf(connection, runKey);
                runs.Add(runKey, run);
            }

            var (connectWise, crm, sent) = snapshots.Read(raw.sqlite3_column_blob(row.Handle!, 5));
            links.Add(new Link
            {
                ConnectWise = new ConnectWiseId(row.GetInt64(0)),
                Crm = new CrmId(row.GetString(1)),
                Type = row.IsDBNull(2) ? null : row.GetInt64(2),
                ConnectWiseUpdatedAt = row.IsDBNull(3) ? null : StoredValues.Time(row.GetInt64(3)),
                ConnectWiseSnapshot = connectWise,
                CrmSnapshot = crm,
                Sent = sent,
                Run = run,
            });
        }

        return links;
    }

    private static List<ConnectWiseId> Write(SqliteConnection connection, TenantId tenant, Entity entity, IReadOnlyList<Link> links, EncodedSnapshots snapshots)
    {
        var runs = new Dictionary<RunId, long>();
        var refused = new List<ConnectWiseId>();
        var (upsert, move) = (connection.Bulk(Upsert), connection.Bulk(Move));
        var (tenantKey, entityNumber) = (StoredKeys.Make(connection, tenant), StoredValues.Number(entity));
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (!runs.TryGetValue(link.Run, out var run))
            {
                run = StoredKeys.Make(connection, tenant, link.Run);
                runs.Add(link.Run, run);
            }

            var content = snapshots[i].Span;
            if (Run(upsert, link, tenantKey, entityNumber, run, content) == 0 && Run(move, link, tenantKey, entityNumber, run, content) == 0)
            {
                refused.Add(link.ConnectWise);
            }
        }

        return refused;
    }

    private static int Run(BulkStatement statement, Link link, long tenant, long entity, long run, ReadOnlySpan<byte> snapshots) =>
        statement.Bind(tenant).Bind(entity).Bind(link.ConnectWise.Value).Bind(link.Crm.Value).Bind(link.Type)
            .Bind(link.ConnectWiseUpdatedAt is { } time ? StoredValues.Ticks(time) : null).Bind(run).Bind(snapshots).Run();
}
