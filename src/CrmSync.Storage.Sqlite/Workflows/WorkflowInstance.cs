using System.Globalization;
using System.Threading.Channels;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Sqlite;

/// <summary>What the instances of one host share.</summary>
internal sealed record WorkflowServices(
    WorkflowJournal Journal, StepCatalog Catalog, StepRunner Steps, TimeProvider Time, ILogger Logger, Action<WorkflowEffect>? Observer, Action Abort);

/// <summary>
/// One workflow at work: runs what its session asks for, journals what became of it, and only then tells the session. It ends when the workflow has
/// ended or when it is halted; a halted one is taken up again by the next process.
/// </summary>
internal sealed class WorkflowInstance : IAsyncDisposable
{
    // The longest a single timer can wait is some weeks.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly WorkflowServices _services;
    private readonly StartedWorkflow _started;
    private readonly IReadOnlyList<WorkflowEvent> _history;
    private readonly ProgressReporter _progress;
    private readonly WorkflowSession _session;
    private readonly WorkflowTurns _turns;
    // Null is a turn without an event.
    private readonly Channel<WorkflowEvent?> _events = Channel.CreateUnbounded<WorkflowEvent?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _appending = new(1);
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _halted = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _underWay = [];

    public WorkflowInstance(WorkflowServices services, StartedWorkflow started, IReadOnlyList<WorkflowEvent> history)
    {
        (_services, _started, _history) = (services, started, history);
        _progress = new ProgressReporter(report => services.Journal.SetProgressAsync(started.Key, report),
            failure => WorkflowLog.ProgressNotStored(services.Logger, started.Run.Value, failure), services.Time, _halted.Token);
        _session = new WorkflowSession(started, Begin, _progress);
        _turns = new WorkflowTurns(() => _events.Writer.TryWrite(null));
    }

    /// <summary>Performs the workflow. Completes when it has ended, or was stopped or halted.</summary>
    public async Task RunAsync()
    {
        try
        {
            var code = Task.CompletedTask;
            _turns.Run(() => code = CodeAsync());
            foreach (var happened in _history)
            {
                Deliver(happened);
            }

            _turns.Run(_session.GoLive);
            await _progress.FlushAsync().ConfigureAwait(false);
            while (!code.IsCompleted && await WaitAsync(code).ConfigureAwait(false))
            {
                while (!code.IsCompleted && _events.Reader.TryRead(out var happened))
                {
                    Deliver(happened);
                }
            }

            if (code.IsCompleted)
            {
                await EndAsync(code).ConfigureAwait(false);
            }
        }
        catch (Exception) when (_halted.IsCancellationRequested)
        {
            // Taken up again at the next start.
        }
        catch (Exception e)
        {
            WorkflowLog.Suspended(_services.Logger, _started.Run.Value, e);
        }
        finally
        {
            await _halted.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stores an event from outside and hands it to the workflow; false where the instance has come to its end, and nothing was stored.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="store">Stores it; answers false for what is no news.</param>
    public async Task<bool> TryTellAsync(WorkflowEvent happened, Func<Task<bool>> store)
    {
        try
        {
            await AppendAsync(happened, store).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends the steps under way without marking anything, then the instance.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        while (UnderWay() is { Length: > 0 } tasks)
        {
            await Task.WhenAll(tasks).ConfigureAwait(false);
        }

        try
        {
            await _progress.FlushAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Halted before: nothing is written any more.
        }

        await _halted.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Leaves everything as it is from this moment on.</summary>
    public void Halt()
    {
        _halted.Cancel();
        _ = _stopping.CancelAsync();
    }

    /// <summary>
    /// After the end: <see cref="RunAsync"/> has returned and no step is under way. The tokens and the semaphore hold no handle and are left to the
    /// collector: a cancellation or a stop that comes at this very moment still asks them.
    /// </summary>
    public ValueTask DisposeAsync() => _progress.DisposeAsync();

    private async Task CodeAsync() =>
        await _services.Catalog.RunWorkflowAsync(_started.Workflow, _session, _started.Input).ConfigureAwait(true);

    private void Deliver(WorkflowEvent? happened)
    {
        _turns.Run(() =>
        {
            if (happened is not null)
            {
                _session.Deliver(happened);
            }
        });
        if (happened?.Kind == WorkflowEventKind.CancelRequested)
        {
            _ = _cancelled.CancelAsync();
        }
    }

    private async Task<bool> WaitAsync(Task code)
    {
        await Task.WhenAny(code, _events.Reader.WaitToReadAsync(_halted.Token).AsTask()).ConfigureAwait(false);
        return !_halted.IsCancellationRequested;
    }

    private void Begin(WorkflowCall call)
    {
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            var alone = _underWay.Count == 0;
            var task = Task.Run(() => call.Time is { } time ? TimeAsync(call, time) : StepAsync(call, alone), CancellationToken.None);
            _underWay.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task StepAsync(WorkflowCall call, bool alone)
    {
        try
        {
            if (alone)
            {
                // A step on its own closes a stretch of work: who looks at the run meanwhile sees how far it was.
                await _progress.FlushAsync().ConfigureAwait(false);
            }

            Observe(call.Name, call.Key, EffectMoment.Before);
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(
                _stopping.Token, call.BeforeCancel ? _cancelled.Token : CancellationToken.None);

            // Begun by the process before this one and then cancelled: what it left undone stays undone.
            var happened = call.BeforeCancel && _session.CancelRequested
                ? new WorkflowEvent(WorkflowEventKind.StepCancelled, call.Name, call.Key, "")
                : await _services.Steps.RunAsync(call.Name, call.Key, call.Input,
                    new StepContext(_started.Tenant, _started.Run, cancellation.Token), _stopping.Token).ConfigureAwait(false);
            if (happened is not null)
            {
                Observe(call.Name, call.Key, EffectMoment.Done);
                await AppendAsync(happened).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            Suspend(e);
        }
    }

    private async Task TimeAsync(WorkflowCall call, DateTimeOffset time)
    {
        try
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(
                _stopping.Token, call.BeforeCancel ? _cancelled.Token : CancellationToken.None);
            for (var left = Left(); left > TimeSpan.Zero; left = Left())
            {
                await Task.Delay(left < LongestWait ? left : LongestWait, _services.Time, cancellation.Token).ConfigureAwait(false);
            }

            await AppendAsync(new WorkflowEvent(WorkflowEventKind.TimerFired, call.Name, call.Key, "")).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Suspend(e);
        }

        TimeSpan Left() => time - _services.Time.GetUtcNow();
    }

    // Events reach the workflow in the order of the journal, so that a replay finds the same order; none once the instance is halted.
    private async Task AppendAsync(WorkflowEvent happened, Func<Task<bool>> store)
    {
        await _appending.WaitAsync(_halted.Token).ConfigureAwait(false);
        try
        {
            _halted.Token.ThrowIfCancellationRequested();
            if (await store().ConfigureAwait(false))
            {
                var isSignal = happened.Kind == WorkflowEventKind.Signal;
                Observe(isSignal ? WorkflowEvent.SignalName : happened.Name, happened.Key, EffectMoment.Recorded);
                _events.Writer.TryWrite(happened);
            }
        }
        finally
        {
            _appending.Release();
        }
    }

    private Task AppendAsync(WorkflowEvent happened) => AppendAsync(happened, async () =>
    {
        await _services.Journal.AppendAsync(_started.Key, happened).ConfigureAwait(false);
        return true;
    });

    private void Suspend(Exception failure)
    {
        if (failure is not OperationCanceledException && !_halted.IsCancellationRequested)
        {
            WorkflowLog.Suspended(_services.Logger, _started.Run.Value, failure);
            Halt();
        }
    }

    private async Task EndAsync(Task code)
    {
        await _progress.FlushAsync().ConfigureAwait(false);
        var failure = code.IsCanceled ? new TaskCanceledException(code) : code.Exception?.InnerException;
        var cancelled = failure is WorkflowCancelledException || (_session.CancelRequested && failure is null or OperationCanceledException);
        var (state, told) = (cancelled, failure) switch
        {
            (true, _) => (RunState.Cancelled, null),
            (false, null) => (RunState.Completed, null),
            _ => (RunState.Failed, Failures.Of(failure, _started.Run, _services.Logger)),
        };
        Observe(WorkflowEvent.EndName, "", EffectMoment.Before);
        await _services.Journal.EndAsync(
            _started.Key, run => run with { State = state, EndedAt = _services.Time.GetUtcNow(), Failure = told }).ConfigureAwait(false);
        WorkflowLog.Ended(_services.Logger, _started.Run.Value, state.ToString().ToLower(CultureInfo.InvariantCulture));
        Observe(WorkflowEvent.EndName, "", EffectMoment.Recorded);
    }

    private void Observe(string name, string key, EffectMoment moment)
    {
        _halted.Token.ThrowIfCancellationRequested();
        try
        {
            _services.Observer?.Invoke(new WorkflowEffect(_started.Run, name, key, moment));
        }
        catch
        {
            _services.Abort();
            throw;
        }
    }

    private Task[] UnderWay()
    {
        lock (_lock)
        {
            return [.. _underWay];
        }
    }

    private void Forget(Task task)
    {
        lock (_lock)
        {
            _underWay.Remove(task);
        }
    }
}
