using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// One database file in WAL mode with one write connection and a few read connections. Writers queue and never meet SQLITE_BUSY among
/// themselves; readers never wait for a writer. A commit survives the death of the process; the last ones may be lost, whole, when the
/// machine loses power. One process at a time uses a file: see <see cref="DataDirectoryLock"/>.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly WriterThread _writer;
    private readonly SemaphoreSlim _reading;
    private readonly Stack<CachingConnection> _idleReaders = new();
    private readonly SqliteDatabaseOptions _options;
    private bool _disposed;

    private SqliteDatabase(string path, SqliteDatabaseOptions options, CachingConnection writer)
    {
        (Path, _options, _writer) = (path, options, new WriterThread(writer, new Checkpointer(path, options)));
        _reading = new SemaphoreSlim(options.ReadConnections);
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Opens a database file, making it where there is none. Its folder exists.</summary>
    /// <exception cref="StorageException">The file is locked, no database, not this product's, or cannot be opened.</exception>
    public static Task<SqliteDatabase> OpenAsync(string path, SqliteDatabaseOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new SqliteDatabaseOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReadConnections, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LockTimeoutSeconds, 1, nameof(options));
        var full = System.IO.Path.GetFullPath(path);
        return Task.Run(() => new SqliteDatabase(full, options, SqliteFile.OpenWriter(full, options)), cancellation);
    }

    /// <summary>
    /// Brings a component's tables up to date: script n leads from version n to n + 1, all in one transaction, and a script that was
    /// released is never changed. Components keep apart by prefixes of their table names.
    /// </summary>
    /// <exception cref="StorageException">The file was written by a newer version of the program ("storage-too-new").</exception>
    public Task EnsureSchemaAsync(string component, IReadOnlyList<string> scripts, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(component);
        ArgumentNullException.ThrowIfNull(scripts);
        return WriteAsync(connection => SqliteSchema.Ensure((CachingConnection)connection, Path, component, scripts), cancellation);
    }

    /// <summary>Reads on a worker thread. All queries of the delegate see one state of the database; it cannot write.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        await _reading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(() => Read(read), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>
    /// Writes on the thread that writes, in an immediate transaction, after the writers that came before; those that wait together share one. It is committed
    /// when the task completes, and undone when the delegate throws. Where another one throws, this one runs again: it changes nothing but the database.
    /// A cancellation ends the waiting only.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        cancellation.ThrowIfCancellationRequested();
        var job = new WriteJob<T>(write);
        ObjectDisposedException.ThrowIf(!_writer.TryAdd(job), this);
        using var withdrawal = cancellation.UnsafeRegister((state, token) => ((WriteJob<T>)state!).Withdraw(token), job);
        return await job.Result.ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Action<SqliteConnection> write, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        return WriteAsync(connection =>
        {
            write(connection);
            return 0;
        }, cancellation);
    }

    /// <summary>Waits for reads and writes under way, folds the write-ahead log into the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        for (var i = 0; i < _options.ReadConnections; i++)
        {
            await _reading.WaitAsync().ConfigureAwait(false);
        }

        while (_idleReaders.TryPop(out var reader))
        {
            reader.Dispose();
        }

        await _writer.EndAsync().ConfigureAwait(false);

        // Whoever still waits is let in to be told that the database is closed.
        _reading.Release(_options.ReadConnections);
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        var connection = TakeReader();
        try
        {
            using var snapshot = connection.BeginTransaction(deferred: true);
            return read(connection);
        }
        finally
        {
            GiveBack(connection);
        }
    }

    private CachingConnection TakeReader()
    {
        lock (_idleReaders)
        {
            if (_idleReaders.TryPop(out var idle))
            {
                return idle;
            }
        }

        return SqliteFile.OpenReader(Path, _options);
    }

    private void GiveBack(CachingConnection connection)
    {
        lock (_idleReaders)
        {
            _idleReaders.Push(connection);
        }
    }
}
