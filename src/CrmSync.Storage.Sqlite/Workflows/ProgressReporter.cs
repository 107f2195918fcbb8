using CrmSync.Core.Runs;

namespace CrmSync.Storage.Sqlite;

/// <summary>Stores how far a run is, at most four times a second; the last report is always stored by <see cref="FlushAsync"/>.</summary>
internal sealed class ProgressReporter(
    Func<RunProgress, Task> store, Action<Exception> onFailure, TimeProvider time, CancellationToken halted) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _storing = new(1);
    private RunProgress? _pending;
    private Task _pump = Task.CompletedTask;
    private bool _pumping;

    /// <summary>Ends behind what is being stored; the token has been set.</summary>
    public async ValueTask DisposeAsync() => await _pump.ConfigureAwait(false);

    /// <summary>Keeps a report for later: of a replay, only the last one is news.</summary>
    public void Hold(RunProgress progress)
    {
        lock (_lock)
        {
            _pending = progress;
        }
    }

    public void Report(RunProgress progress)
    {
        lock (_lock)
        {
            _pending = progress;
            if (_pumping)
            {
                return;
            }

            _pumping = true;
            _pump = Task.Run(PumpAsync, CancellationToken.None);
        }
    }

    /// <summary>Stores the last report if it is not stored yet, behind those under way.</summary>
    public async Task FlushAsync()
    {
        await _storing.WaitAsync(halted).ConfigureAwait(false);
        try
        {
            RunProgress? progress;
            lock (_lock)
            {
                (progress, _pending) = (_pending, null);
            }

            if (progress is not null)
            {
                await store(progress).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A run does not fail because nobody can see how far it is.
            onFailure(e);
        }
        finally
        {
            _storing.Release();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                await FlushAsync().ConfigureAwait(false);
                await Task.Delay(Interval, time, halted).ConfigureAwait(false);
                lock (_lock)
                {
                    if (_pending is null)
                    {
                        _pumping = false;
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended, or the host has: whoever ended it has flushed.
        }
    }
}
