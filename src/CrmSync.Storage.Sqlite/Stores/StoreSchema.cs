namespace CrmSync.Storage.Sqlite;

/// <summary>The tables of the stores and of the workflow runner. A released script is never changed; a new one is added behind it.</summary>
internal static class StoreSchema
{
    public const string Component = "stores";

    /// <summary>
    /// Tenants and runs are texts outside and numbers inside: they stand in every link. Wide rows (parts, backups) have row ids, so that their
    /// contents do not lie in the inner pages of a tree.
    /// </summary>
    private const string Version1 = """
        CREATE TABLE tenant_keys (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL UNIQUE) STRICT;

        CREATE TABLE run_keys (
            key INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenant_keys (key), run TEXT NOT NULL, UNIQUE (tenant, run)) STRICT;

        CREATE TABLE links (
            tenant INTEGER NOT NULL, entity INTEGER NOT NULL, connectwise INTEGER NOT NULL, crm TEXT NOT NULL, type INTEGER, updated_at INTEGER,
            run INTEGER NOT NULL, snapshots BLOB NOT NULL, PRIMARY KEY (tenant, entity, connectwise)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX links_by_crm ON links (tenant, entity, crm);

        CREATE TABLE runs (
            key INTEGER PRIMARY KEY REFERENCES run_keys (key), tenant INTEGER NOT NULL, ended INTEGER NOT NULL, content TEXT NOT NULL) STRICT;
        CREATE UNIQUE INDEX runs_under_way ON runs (tenant) WHERE ended = 0;

        CREATE TABLE run_parts (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run_keys (key), kind INTEGER NOT NULL, stage INTEGER NOT NULL,
            number INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (run, kind, stage, number)) STRICT;

        CREATE TABLE planned_links (
            run INTEGER NOT NULL, entity INTEGER NOT NULL, connectwise INTEGER NOT NULL, crm TEXT, type INTEGER,
            PRIMARY KEY (run, entity, connectwise)) STRICT, WITHOUT ROWID;

        CREATE TABLE tenants (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE access_keys (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, tenant TEXT, name TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
        CREATE INDEX access_keys_by_tenant ON access_keys (tenant, id);

        CREATE TABLE setups (tenant INTEGER PRIMARY KEY REFERENCES tenant_keys (key), version INTEGER NOT NULL, content TEXT NOT NULL) STRICT;

        CREATE TABLE backups (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run_keys (key), stage INTEGER NOT NULL, number INTEGER NOT NULL,
            batch INTEGER NOT NULL, records INTEGER NOT NULL, taken_at INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (run, stage, number, batch)) STRICT;

        CREATE TABLE secrets (
            tenant INTEGER NOT NULL REFERENCES tenant_keys (key), name TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (tenant, name)) STRICT, WITHOUT ROWID;

        CREATE TABLE workflows (
            run INTEGER PRIMARY KEY REFERENCES run_keys (key), workflow TEXT NOT NULL, input TEXT NOT NULL, ended INTEGER NOT NULL) STRICT;
        CREATE INDEX workflows_under_way ON workflows (ended) WHERE ended = 0;

        CREATE TABLE workflow_events (
            run INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL,
            PRIMARY KEY (run, number)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Invitations of employees, and their pictures by content.</summary>
    private const string Employees = """
        CREATE TABLE invitations (
            tenant INTEGER NOT NULL REFERENCES tenant_keys (key), employee TEXT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL, state INTEGER NOT NULL,
            token_hash TEXT, at INTEGER, error TEXT, PRIMARY KEY (tenant, employee)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX invitations_by_token ON invitations (tenant, token_hash) WHERE token_hash IS NOT NULL;

        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenant_keys (key), hash TEXT NOT NULL, content_type TEXT NOT NULL,
            content BLOB NOT NULL, UNIQUE (tenant, hash)) STRICT;
        """;

    /// <summary>One run of a kind at a time: an employee sync does not wait for an import.</summary>
    private const string RunsByKind = """
        ALTER TABLE runs ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
        DROP INDEX runs_under_way;
        CREATE UNIQUE INDEX runs_under_way ON runs (tenant, kind) WHERE ended = 0;
        """;

    /// <summary>Links are wide too: snapshots in the inner pages of a tree made it seven levels deep where it now has three.</summary>
    private const string LinksAsRows = """
        ALTER TABLE links RENAME TO links_before;
        CREATE TABLE links (
            id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL, entity INTEGER NOT NULL, connectwise INTEGER NOT NULL, crm TEXT NOT NULL, type INTEGER,
            updated_at INTEGER, run INTEGER NOT NULL, snapshots BLOB NOT NULL, UNIQUE (tenant, entity, connectwise)) STRICT;
        INSERT INTO links (tenant, entity, connectwise, crm, type, updated_at, run, snapshots)
            SELECT tenant, entity, connectwise, crm, type, updated_at, run, snapshots FROM links_before ORDER BY tenant, entity, connectwise;
        DROP TABLE links_before;
        CREATE UNIQUE INDEX links_by_crm ON links (tenant, entity, crm);
        """;

    /// <summary>Links are found by their rows' numbers (<see cref="LinkScope"/>): one tree less to descend for each look, and to grow with each link.</summary>
    private const string LinksByNumber = """
        ALTER TABLE links RENAME TO links_before;
        CREATE TABLE links (
            id INTEGER PRIMARY KEY, scope INTEGER NOT NULL, crm TEXT NOT NULL, type INTEGER, updated_at INTEGER, run INTEGER NOT NULL,
            snapshots BLOB NOT NULL) STRICT;
        INSERT INTO links (id, scope, crm, type, updated_at, run, snapshots)
            SELECT ((tenant * 16 + entity) << 40) + connectwise, tenant * 16 + entity, crm, type, updated_at, run, snapshots
            FROM links_before ORDER BY tenant, entity, connectwise;
        DROP TABLE links_before;
        CREATE UNIQUE INDEX links_by_crm ON links (scope, crm);
        """;

    public static IReadOnlyList<string> Scripts { get; } = [Version1, Employees, RunsByKind, LinksAsRows, LinksByNumber];
}
