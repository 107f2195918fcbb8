using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>Opens and closes the connections to one file, and says in words why it cannot.</summary>
internal static class SqliteFile
{
    // "CrmS": marks the file as this product's.
    private const long ApplicationId = 0x43726D53;

    // SQLite's primary result codes.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NotADatabase = 26;

    static SqliteFile()
    {
        // A connection is one thread's at a time here, and nobody asks SQLite how much memory it uses: both cost a lock a call. It takes them before its
        // first use in a process only, and works as well without.
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        NativeHeap.GiveBackLargeBlocks();
    }

    public static CachingConnection OpenWriter(string path, SqliteDatabaseOptions options)
    {
        CachingConnection? connection = null;
        try
        {
            connection = Open(path, options, SqliteOpenMode.ReadWriteCreate, options.WriteCacheKiB);
            Claim(connection, path);
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, "PRAGMA synchronous = NORMAL");

            // Fewer and larger check points: a page that an import changes a hundred times is copied into the file a few times only.
            Run(connection, "PRAGMA wal_autocheckpoint = 16000");
            Run(connection, "PRAGMA journal_size_limit = 67108864");
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is SqliteException failure)
            {
                throw Explain(failure, path);
            }

            throw;
        }
    }

    public static CachingConnection OpenReader(string path, SqliteDatabaseOptions options)
    {
        var connection = Open(path, options, SqliteOpenMode.ReadWrite, options.ReadCacheKiB);
        Run(connection, "PRAGMA query_only = 1");
        return connection;
    }

    public static void CloseWriter(CachingConnection connection)
    {
        try
        {
            Run(connection, "PRAGMA optimize");
            Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Both only tidy up: the next start reads the log just as well.
        }
        finally
        {
            connection.Dispose();
        }
    }

    private static CachingConnection Open(string path, SqliteDatabaseOptions options, SqliteOpenMode mode, int cacheKiB)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = options.LockTimeoutSeconds,
        };
        var connection = new CachingConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cacheKiB}"));
            Run(connection, "PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Claim(CachingConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var id = connection.Number("PRAGMA application_id");
        if (id == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") == 0)
        {
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        }
        else if (id != ApplicationId)
        {
            throw new StorageException("storage-foreign", $"The database \"{path}\" was made by another program.", "Choose another data directory.");
        }

        transaction.Commit();
    }

    private static StorageException Explain(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        Busy or Locked => new StorageException("storage-locked", $"Another process is using the database \"{path}\".",
            "Stop the other process, or choose another data directory.", failure),
        NotADatabase => new StorageException("storage-not-a-database", $"The file \"{path}\" is not a database.",
            "Restore it from a copy, or choose another data directory.", failure),
        _ => new StorageException("storage-unusable", $"The database \"{path}\" cannot be opened: {failure.Message}",
            "Check that the folder exists, that this user may write to it, and that the disk is not full.", failure),
    };

    private static void Run(CachingConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        SqliteStatements.SetText(command, sql);
        command.ExecuteNonQuery();
    }
}
