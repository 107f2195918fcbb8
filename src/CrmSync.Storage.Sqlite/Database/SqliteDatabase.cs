using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// One database file in WAL mode with one write connection and a few read connections. Writers queue and never meet SQLITE_BUSY among
/// themselves; readers never wait for a writer. A commit survives the death of the process; the last ones may be lost, whole, when the
/// machine loses power. One process at a time uses a file: see <see cref="DataDirectoryLock"/>.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly CachingConnection _writer;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentQueue<IWriteJob> _jobs = new();
    private readonly SemaphoreSlim _reading;
    private readonly Stack<CachingConnection> _idleReaders = new();
    private readonly SqliteDatabaseOptions _options;
    private bool _disposed;

    private SqliteDatabase(string path, SqliteDatabaseOptions options, CachingConnection writer)
    {
        (Path, _options, _writer) = (path, options, writer);
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
    /// Brings a component's tables up to date: script n leads from version n to n + 1, each in a transaction of its own, and a script that was
    /// released is never changed. Components keep apart by prefixes of their table names.
    /// </summary>
    /// <exception cref="StorageException">The file was written by a newer version of the program ("storage-too-new").</exception>
    public Task EnsureSchemaAsync(string component, IReadOnlyList<string> scripts, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(component);
        ArgumentNullException.ThrowIfNull(scripts);
        return RunAsync(_writing, () =>
        {
            SqliteSchema.Ensure(_writer, Path, component, scripts);
            return 0;
        }, cancellation);
    }

    /// <summary>Reads on a worker thread. All queries of the delegate see one state of the database; it cannot write.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        return RunAsync(_reading, () =>
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
        }, cancellation);
    }

    /// <summary>
    /// Writes on a worker thread in an immediate transaction, after the writers that came before; those that wait together share one, each within a
    /// savepoint of its own. It is committed when the task completes, and undone when the delegate throws. A cancellation ends the waiting only.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var job = new WriteJob<T>(write);
        _jobs.Enqueue(job);
        try
        {
            await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (job.TryWithdraw())
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            // Somebody else is writing it already.
            await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        try
        {
            while (!job.IsDone)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                await Task.Run(() => WriteGroup.Run(_writer, _jobs), CancellationToken.None).ConfigureAwait(false);
            }

            return job.Result;
        }
        finally
        {
            job.TryWithdraw();
            _writing.Release();
        }
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

        await _writing.WaitAsync().ConfigureAwait(false);
        await Task.Run(() =>
        {
            while (_idleReaders.TryPop(out var reader))
            {
                reader.Dispose();
            }

            SqliteFile.CloseWriter(_writer);
        }).ConfigureAwait(false);

        // Whoever still waits is let in to be told that the database is closed.
        _writing.Release();
        _reading.Release(_options.ReadConnections);
    }

    private async Task<T> RunAsync<T>(SemaphoreSlim gate, Func<T> work, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return await Task.Run(work, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
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
