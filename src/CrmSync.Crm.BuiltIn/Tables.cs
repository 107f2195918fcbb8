namespace CrmSync.Crm.BuiltIn;

/// <summary>The tables of the built-in CRM; their names begin with "crm_".</summary>
internal static class Tables
{
    public const string Component = "crm";

    // A record's id packs tenant, entity and number (RecordScope), so that one integer key finds it and an entity's records lie together.
    private const string First = """
        CREATE TABLE crm_tenants (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            revision INTEGER NOT NULL,
            choices TEXT NOT NULL,
            fields TEXT NOT NULL) STRICT;

        CREATE TABLE crm_sequences (scope INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

        CREATE TABLE crm_records (
            id INTEGER PRIMARY KEY,
            external_key TEXT,
            updated_at INTEGER NOT NULL,
            fields BLOB NOT NULL) STRICT;

        CREATE TABLE crm_external_keys (
            scope INTEGER NOT NULL,
            key TEXT NOT NULL,
            record INTEGER NOT NULL,
            PRIMARY KEY (scope, key)) STRICT, WITHOUT ROWID;

        CREATE TABLE crm_keys (
            scope INTEGER NOT NULL,
            key TEXT NOT NULL,
            record INTEGER NOT NULL,
            PRIMARY KEY (scope, key, record)) STRICT, WITHOUT ROWID;

        CREATE TABLE crm_lists (
            number INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL,
            folded TEXT NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (tenant, folded)) STRICT;

        CREATE TABLE crm_list_members (
            record INTEGER NOT NULL,
            list INTEGER NOT NULL,
            PRIMARY KEY (record, list)) STRICT, WITHOUT ROWID;

        CREATE INDEX crm_list_members_by_list ON crm_list_members (list, record);

        CREATE TABLE crm_invitations (record INTEGER PRIMARY KEY, invited_at INTEGER NOT NULL) STRICT;
        """;

    // Entries number on without gaps. The stamp tells an entry from the one that takes its number when the file is put back to an earlier state.
    private const string Changes = """
        CREATE TABLE crm_changes (
            scope INTEGER NOT NULL,
            number INTEGER NOT NULL,
            stamp INTEGER NOT NULL DEFAULT (random()),
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (scope, number)) STRICT, WITHOUT ROWID;
        """;

    // Keys in the order of their coming, until enough of an entity's are there to be sorted into the index together (KeyTable).
    private const string NewKeys = """
        CREATE TABLE crm_new_keys (
            entity INTEGER NOT NULL,
            number INTEGER NOT NULL,
            scope INTEGER NOT NULL,
            key TEXT NOT NULL,
            record INTEGER NOT NULL,
            PRIMARY KEY (entity, number)) STRICT, WITHOUT ROWID;
        """;

    // A row for each batch and not for each key.
    private const string NewKeysByBatch = """
        INSERT OR IGNORE INTO crm_keys (scope, key, record) SELECT scope, key, record FROM crm_new_keys ORDER BY scope, key, record;
        DROP TABLE crm_new_keys;
        CREATE TABLE crm_new_keys (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, keys INTEGER NOT NULL, entries BLOB NOT NULL) STRICT;
        CREATE INDEX crm_new_keys_by_entity ON crm_new_keys (entity, keys);
        """;

    // Ids are given one after another and never again: one that was given and does not stand here is a record's.
    private const string Deleted = """
        CREATE TABLE crm_deleted (record INTEGER PRIMARY KEY) STRICT;
        INSERT INTO crm_deleted (record)
            WITH RECURSIVE given (record, last) AS (
                SELECT (scope << 40) + 1001, (scope << 40) + last FROM crm_sequences WHERE last > 1000
                UNION ALL SELECT record + 1, last FROM given WHERE record < last)
            SELECT record FROM given WHERE NOT EXISTS (SELECT 1 FROM crm_records WHERE id = given.record);
        """;

    public static IReadOnlyList<string> Scripts { get; } = [First, Changes, NewKeys, NewKeysByBatch, Deleted];
}
