using System.Collections.Concurrent;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// The thread that does all writing to a file. It is nobody else's: a pool whose threads are busy computing never keeps the next write waiting, nor does
/// a write keep a thread of the pool. The jobs that wait together share a transaction: pages of an index that several of them change are logged once.
/// Where it fails, all of it is undone, and each is done again by itself: a savepoint for each would copy every page that it changes.
/// </summary>
internal sealed class WriterThread
{
    // Bounds how long the first of them waits for the last.
    private const int MostJobs = 8;

    private readonly CachingConnection _connection;
    private readonly Checkpointer _checkpointer;
    private readonly BlockingCollection<IWriteJob> _jobs = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriterThread(CachingConnection connection, Checkpointer checkpointer)
    {
        (_connection, _checkpointer) = (connection, checkpointer);
        new Thread(Work) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Adds a job; false once it ends.</summary>
    public bool TryAdd(IWriteJob job)
    {
        try
        {
            _jobs.Add(job);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Does what waits, and closes the connection.</summary>
    public Task EndAsync()
    {
        _jobs.CompleteAdding();
        return _ended.Task;
    }

    private void Work()
    {
        try
        {
            foreach (var job in _jobs.GetConsumingEnumerable())
            {
                if (job.TryTake())
                {
                    Do(job);
                }
            }

            _checkpointer.End();
            SqliteFile.CloseWriter(_connection);
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _ended.SetException(failure);
        }
    }

    private void Do(IWriteJob first)
    {
        var shared = new List<IWriteJob>(MostJobs) { first };
        var failure = TryCommit(shared, MostJobs);
        foreach (var job in shared)
        {
            // Where it failed all of it is undone. Whose failure it was shows when each has a transaction of its own.
            Settle(job, failure is null || shared.Count == 1 ? failure : TryCommit([job], 1));
        }

        _checkpointer.Committed(_connection);
    }

    // Runs the jobs, and up to so many of those that come meanwhile, in one transaction; answers why nothing of it was written.
    private Exception? TryCommit(List<IWriteJob> jobs, int most)
    {
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            for (var i = 0; i < jobs.Count; i++)
            {
                jobs[i].Run(_connection);
                if (jobs.Count < most && _jobs.TryTake(out var next) && next.TryTake())
                {
                    jobs.Add(next);
                }
            }

            transaction.Commit();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static void Settle(IWriteJob job, Exception? failure)
    {
        if (failure is null)
        {
            job.Complete();
        }
        else
        {
            job.Fail(failure);
        }
    }
}
