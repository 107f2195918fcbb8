using Microsoft.Data.Sqlite;

namespace CrmSync.Storage.Sqlite;

/// <summary>One writer's work, waiting for the thread that writes.</summary>
internal interface IWriteJob
{
    /// <summary>Takes the job on; false where it was withdrawn.</summary>
    bool TryTake();

    /// <summary>Does the work within the transaction under way; again where that one is undone.</summary>
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

    // Whoever waits goes on elsewhere: the thread that writes does nothing but write.
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;
    private T? _answer;

    /// <summary>What the work answered once it was committed; its exception where it failed.</summary>
    public Task<T> Result => _result.Task;

    /// <summary>Takes it back, unless it is being done or is done.</summary>
    public void Withdraw(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting)
        {
            _result.SetCanceled(cancellation);
        }
    }

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Run(SqliteConnection connection) => _answer = write(connection);

    public void Complete() => _result.SetResult(_answer!);

    public void Fail(Exception failure) => _result.SetException(failure);
}
