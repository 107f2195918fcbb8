using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// The thread that does all writing to a file. It is nobody else's: a pool whose threads are busy computing never keeps the next write waiting, nor does
/// a write keep a thread of the pool. The jobs that wait together share a transaction: pages of an index that several of them change are logged once.
/// One that fails is undone alone; a commit that fails undoes all of them.
/// </summary>
internal sealed class WriterThread
{
    // Bounds how long the first of them waits for the last.
    private const int MostJobs = 8;

    private readonly CachingConnection _connection;
    private readonly BlockingCollection<IWriteJob> _jobs = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriterThread(CachingConnection connection)
    {
        _connection = connection;
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
                Run(job);
            }

            SqliteFile.CloseWriter(_connection);
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _ended.SetException(failure);
        }
    }

    private void Run(IWriteJob first)
    {
        var done = new List<IWriteJob>(MostJobs);
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var job = first;
            do
            {
                if (job.TryTake() && TryRun(transaction, job))
                {
                    done.Add(job);
                }
            }
            while (done.Count < MostJobs && _jobs.TryTake(out job));

            transaction.Commit();
        }
        catch (Exception failure)
        {
            // Where not even a transaction could be begun, the first one waits still.
            if (done.Count == 0 && first.TryTake())
            {
                first.Fail(failure);
            }

            done.ForEach(job => job.Fail(failure));
            return;
        }

        done.ForEach(job => job.Complete());
    }

    private bool TryRun(SqliteTransaction transaction, IWriteJob job)
    {
        const string Name = "job";
        transaction.Save(Name);
        try
        {
            job.Run(_connection);
            transaction.Release(Name);
            return true;
        }
        catch (Exception failure)
        {
            job.Fail(failure);
            transaction.Rollback(Name);
            transaction.Release(Name);
            return false;
        }
    }
}
