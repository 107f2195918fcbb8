using SQLitePCL;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the file beside the writer, piece by piece, so that the check point which SQLite has the writer do waits for the disk
/// only for the rest. It only helps: where it fails, the writer's own does all of it, and tells what is wrong.
/// </summary>
internal sealed class Checkpointer(string path, SqliteDatabaseOptions options)
{
    // Pages. A page that is changed again and again is copied once for each piece.
    private const int Piece = 2000;

    // SQLITE_DBSTATUS_CACHE_WRITE and SQLITE_CHECKPOINT_PASSIVE.
    private const int PagesWritten = 9;
    private const int WithoutWaiting = 0;

    private CachingConnection? _connection;
    private Task _copying = Task.CompletedTask;

    /// <summary>The writer has committed; called on its thread.</summary>
    public void Committed(CachingConnection writer)
    {
        if (_copying.IsCompleted && raw.sqlite3_db_status(writer.Handle, PagesWritten, out var pages, out _, 0) == raw.SQLITE_OK && pages >= Piece)
        {
            _ = raw.sqlite3_db_status(writer.Handle, PagesWritten, out _, out _, 1);
            _copying = Task.Factory.StartNew(Copy, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for what is under way, and closes its connection.</summary>
    public void End()
    {
        _copying.Wait();
        _connection?.Dispose();
    }

    private void Copy()
    {
        try
        {
            _connection ??= SqliteFile.OpenReader(path, options);
            _ = raw.sqlite3_wal_checkpoint_v2(_connection.Handle, null, WithoutWaiting, out _, out _);
        }
#pragma warning disable CA1031 // The writer's own check point meets the same, and its failure is the one that counts.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
