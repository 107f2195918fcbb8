using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>Links in SQLite. A unique index over the CRM's ids holds CO-5, whatever two writers do at once.</summary>
public sealed class SqliteLinkStore(SqliteDatabase database) : ILinkStore
{
    private const string SelectRange = "SELECT id, crm, type, updated_at, run, snapshots FROM links WHERE id > $1 AND id <= $2 ORDER BY id";
    private const string SelectTarget = "SELECT crm, type FROM links WHERE id = ?1";
    private const string SelectByCrm = "SELECT id FROM links WHERE scope = ?1 AND crm = ?2";

    // Both ways of CO-5: a new link whose CRM record is taken is left out by the second clause. A stored link keeps its CRM record nearly always, and
    // then its place in the index by CRM ids is not touched; one that moves to another record changes no row here and is left to the next statement.
    private const string Upsert = """
        INSERT INTO links (id, scope, crm, type, updated_at, run, snapshots) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (id) DO UPDATE SET type = excluded.type, updated_at = excluded.updated_at, run = excluded.run, snapshots = excluded.snapshots
            WHERE links.crm = excluded.crm
        ON CONFLICT (scope, crm) DO NOTHING
        """;

    private const string Move = "UPDATE OR IGNORE links SET crm = ?3, type = ?4, updated_at = ?5, run = ?6, snapshots = ?7 WHERE id = ?1 AND scope = ?2";
    private const string SelectCount = "SELECT count(*) FROM links WHERE scope = $1";

    /// <inheritdoc />
    public Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        return database.ReadAsync<IReadOnlyList<Link>>(
            connection => StoredKeys.Find(connection, tenant) is { } key ? ReadRange(connection, new LinkScope(key, entity), range) : [], cancellation);
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
            connection => StoredKeys.Find(connection, tenant) is { } key ? FindTargets(connection, new LinkScope(key, entity), ids) : [], cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyDictionary<CrmId, ConnectWiseId>>(connection =>
        {
            var found = new Dictionary<CrmId, ConnectWiseId>(ids.Count);
            if (StoredKeys.Find(connection, tenant) is { } key)
            {
                var (statement, scope) = (connection.Bulk(SelectByCrm), new LinkScope(key, entity).Value);
                foreach (var id in ids)
                {
                    statement.Bind(scope).Bind(id.Value);
                    if (statement.Step())
                    {
                        found[id] = LinkScope.IdOf(statement.Number(0));
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
            StoredKeys.Find(connection, tenant) is { } key ? connection.Number(SelectCount, new LinkScope(key, entity).Value) ?? 0 : 0, cancellation);

    private static Dictionary<ConnectWiseId, LinkTarget> FindTargets(SqliteConnection connection, LinkScope scope, IReadOnlyCollection<ConnectWiseId> ids)
    {
        var statement = connection.Bulk(SelectTarget);
        return LinkTargets.Find(ids, id => scope.Row(id) is { } row ? statement.Bind(row) : null);
    }

    private static List<Link> ReadRange(SqliteConnection connection, LinkScope scope, IdRange range)
    {
        var (after, upTo) = scope.Rows(range);
        var snapshots = new LinkSnapshotReader();
        var runs = new Dictionary<long, RunId>();
        var links = new List<Link>();
        using var row = connection.Statement(SelectRange, after, upTo).ExecuteReader();
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
                ConnectWise = LinkScope.IdOf(row.GetInt64(0)),
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
        var scope = new LinkScope(StoredKeys.Make(connection, tenant), entity);
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (!runs.TryGetValue(link.Run, out var run))
            {
                run = StoredKeys.Make(connection, tenant, link.Run);
                runs.Add(link.Run, run);
            }

            var content = snapshots[i].Span;
            if (Run(upsert, link, scope, run, content) == 0 && Run(move, link, scope, run, content) == 0)
            {
                refused.Add(link.ConnectWise);
            }
        }

        return refused;
    }

    private static int Run(BulkStatement statement, Link link, LinkScope scope, long run, ReadOnlySpan<byte> snapshots) =>
        statement.Bind(scope.Row(link.ConnectWise) ?? throw new ArgumentOutOfRangeException(nameof(link), link.ConnectWise, "No link can have this id."))
            .Bind(scope.Value).Bind(link.Crm.Value).Bind(link.Type)
            .Bind(link.ConnectWiseUpdatedAt is { } time ? StoredValues.Ticks(time) : null).Bind(run).Bind(snapshots).Run();
}
