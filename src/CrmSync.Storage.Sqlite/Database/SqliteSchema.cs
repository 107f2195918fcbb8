namespace CrmSync.Storage.Sqlite;

/// <summary>The versions of the components' tables.</summary>
internal static class SqliteSchema
{
    private const string CreateVersions =
        "CREATE TABLE IF NOT EXISTS schema_versions (component TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID";

    private const string ReadVersion = "SELECT version FROM schema_versions WHERE component = $1";

    private const string WriteVersion =
        "INSERT INTO schema_versions (component, version) VALUES ($1, $2) ON CONFLICT (component) DO UPDATE SET version = excluded.version";

    public static void Ensure(CachingConnection connection, string path, string component, IReadOnlyList<string> scripts)
    {
        connection.Execute(CreateVersions);
        var version = connection.Number(ReadVersion, component) ?? 0;
        if (version > scripts.Count)
        {
            throw new StorageException("storage-too-new",
                $"The database \"{path}\" holds \"{component}\" in version {version}; this program knows versions up to {scripts.Count}.",
                "Use the newer program that wrote it, or choose another data directory.");
        }

        for (var next = (int)version; next < scripts.Count; next++)
        {
            connection.Execute(scripts[next]);
            connection.Execute(WriteVersion, component, next + 1);
        }
    }
}
