using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>One writer's work, waiting to be done by whoever is let in first.</summary>
internal interface IWriteJob
{
    /// <summary>Takes the job on; false where it was withdrawn.</summary>
    bool TryTake();

    /// <summary>Does the work within the transaction under way.</summary>
    void Run(SqliteConnection connection);

    /// <summary>Notes that it was committed.</summary>
    void Complete();

    /// <summary>Notes that nothing of it was written.</summary>
    void Fail(Exception failure);
}

/// <inheritdoc cref="IWriteJob" />
internal sealed class WriteJob<T>(Func<SqliteConnection, T> write) : IWriteJob
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private int _state;
    private T? _result;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Whether it has been committed or has failed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What the work answered; its exception where it failed.</summary>
    public T Result
    {
        get
        {
            _failure?.Throw();
            return _result!;
        }
    }

    /// <summary>Takes it back; false where it is being done, or is done.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting;

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Run(SqliteConnection connection) => _result = write(connection);

    public void Complete() => IsDone = true;

    public void Fail(Exception failure)
    {
        _failure = ExceptionDispatchInfo.Capture(failure);
        IsDone = true;
    }
}

/// <summary>
/// Does the jobs that wait together in one transaction: pages of an index that several of them change are logged once. One that fails is undone
/// alone; a commit that fails undoes all of them.
/// </summary>
internal static class WriteGroup
{
    // Bounds how long the first of them waits for the last.
    private const int MostJobs = 8;

    public static void Run(CachingConnection connection, ConcurrentQueue<IWriteJob> jobs)
    {
        var done = new List<IWriteJob>(MostJobs);
        using var transaction = connection.BeginTransaction(deferred: false);
        try
        {
            while (done.Count < MostJobs && jobs.TryDequeue(out var job))
            {
                if (job.TryTake() && TryRun(connection, transaction, job))
                {
                    done.Add(job);
                }
            }

            transaction.Commit();
        }
        catch (Exception failure)
        {
            done.ForEach(job => job.Fail(failure));
            return;
        }

        done.ForEach(job => job.Complete());
    }

    private static bool TryRun(CachingConnection connection, SqliteTransaction transaction, IWriteJob job)
    {
        const string Name = "job";
        transaction.Save(Name);
        try
        {
            job.Run(connection);
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
