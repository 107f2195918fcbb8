using CrmSync.Storage.Sqlite;

namespace CrmSync.Standalone.Hosting;

/// <summary>A data directory that this process holds against all others, with its file open.</summary>
internal sealed class OpenedDataDirectory : IAsyncDisposable
{
    private const string DatabaseName = "crmsync.db";
    private const string KeyDirectoryName = "keys";

    private readonly DataDirectoryLock _lock;

    private OpenedDataDirectory(string path, DataDirectoryLock held, SqliteDatabase database) => (Path, _lock, Database) = (path, held, database);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its file.</summary>
    public SqliteDatabase Database { get; }

    /// <summary>Opens it, and makes what is missing.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process uses the data directory.</exception>
    /// <exception cref="StorageException">The data file cannot be used.</exception>
    public static async Task<OpenedDataDirectory> OpenAsync(string directory, CancellationToken cancellation)
    {
        var path = System.IO.Path.GetFullPath(directory);
        var acquired = DataDirectoryLock.TryAcquire(path);
        var held = acquired.Lock ?? throw new DataDirectoryInUseException(path, acquired.Holder);
        try
        {
            return new OpenedDataDirectory(path, held, await SqliteDatabase.OpenAsync(FileOf(path), cancellation: cancellation));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The data file of a directory.</summary>
    public static string FileOf(string directory) => System.IO.Path.Combine(directory, DatabaseName);

    /// <summary>Opens the stores in it.</summary>
    public Task<SqliteStores> OpenStoresAsync(TimeProvider time, CancellationToken cancellation) =>
        SqliteStores.OpenAsync(Database, System.IO.Path.Combine(Path, KeyDirectoryName), time, cancellation);

    /// <summary>Tells other processes where the holder answers.</summary>
    public void Publish(Uri address) => _lock.Publish(address.ToString());

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _lock.Dispose();
    }
}
