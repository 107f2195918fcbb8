using System.Collections.Concurrent;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Runs workflows in this process, with a journal in the database. What a step gave is in the journal before the workflow knows of it; after a crash the
/// workflow's code runs again from its start and gets what is there, in the order in which it came, and steps that were at work run again (at least once).
/// One host works on a database at a time.
/// </summary>
public sealed class SqliteWorkflowHost : IWorkflowHost, IAsyncDisposable
{
    private readonly WorkflowServices _services;
    private readonly ConcurrentDictionary<(TenantId, RunId), (WorkflowInstance Instance, Task Work)> _live = new();

    // Starts, signals and cancellations one after the other: none falls between the reading of a journal and the beginning of its workflow.
    private readonly SemaphoreSlim _door = new(1);
    private volatile bool _stopped;
    private volatile bool _aborted;

    /// <summary>Makes a host. <see cref="ResumeAllAsync"/> takes up what an earlier process left.</summary>
    /// <param name="database">The database, whose stores are open.</param>
    /// <param name="catalog">The steps and workflows.</param>
    /// <param name="time">The clock, for timers and the waits before repetitions.</param>
    /// <param name="logger">The log.</param>
    /// <param name="options">How steps are treated.</param>
    public SqliteWorkflowHost(
        SqliteDatabase database, StepCatalog catalog, TimeProvider time, ILogger<SqliteWorkflowHost> logger, WorkflowHostOptions? options = null)
    {
        options ??= new WorkflowHostOptions();
        _services = new WorkflowServices(new WorkflowJournal(database), catalog, new StepRunner(catalog, time, logger, options), time, logger,
            options.Observer, Abort);
    }

    /// <summary>
    /// Takes up every workflow that has not ended. A run that was accepted when the process died before its workflow was stored is marked as
    /// failed ("never-started"), so that it does not block others (IM-8). To be called once, before anything is started.
    /// </summary>
    public async Task ResumeAllAsync(CancellationToken cancellation = default)
    {
        await _door.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var count = await _services.Journal.ChangeNeverStartedAsync(NeverStarted, cancellation).ConfigureAwait(false);
            if (count > 0)
            {
                WorkflowLog.NeverStarted(_services.Logger, count);
            }

            foreach (var started in await _services.Journal.ListUnderWayAsync(cancellation).ConfigureAwait(false))
            {
                await LaunchAsync(started, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _door.Release();
        }
    }

    /// <inheritdoc />
    public async Task StartAsync(TenantId tenant, RunId run, string workflow, string input, CancellationToken cancellation)
    {
        await _door.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (await _services.Journal.TryAddAsync(tenant, run, workflow, input, cancellation).ConfigureAwait(false) is { } started)
            {
                await LaunchAsync(started, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _door.Release();
        }
    }

    /// <inheritdoc />
    /// <remarks>Stored before this returns. A run that has ended, or that nobody knows, is left alone.</remarks>
    public Task CancelAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        TellAsync(tenant, run, WorkflowEvent.Cancel, () => _services.Journal.TryCancelAsync(tenant, run, cancellation), cancellation);

    /// <inheritdoc />
    /// <remarks>Stored before this returns. A signal to a run that has ended is left alone.</remarks>
    public Task SignalAsync(TenantId tenant, RunId run, string name, string payload, CancellationToken cancellation)
    {
        var signal = new WorkflowEvent(WorkflowEventKind.Signal, name, "", payload);
        return TellAsync(tenant, run, signal, () => _services.Journal.TrySignalAsync(tenant, run, signal, cancellation), cancellation);
    }

    /// <summary>Completes when the run's workflow is no longer at work here: it has ended, or this host has stopped.</summary>
    public async Task WhenEndedAsync(TenantId tenant, RunId run, CancellationToken cancellation = default)
    {
        if (_live.TryGetValue((tenant, run), out var live))
        {
            await live.Work.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stops gracefully: steps at work are cancelled and awaited, nothing is marked as failed, the next start goes on. Nothing starts afterwards.
    /// </summary>
    public async Task StopAsync()
    {
        // Not waited for behind the door: a step at work may be about to come through it.
        await _door.WaitAsync().ConfigureAwait(false);
        _stopped = true;
        _door.Release();
        var live = _live.Values.ToList();
        await Task.WhenAll(live.Select(each => each.Instance.StopAsync())).ConfigureAwait(false);
        await Task.WhenAll(live.Select(each => each.Work)).ConfigureAwait(false);
    }

    /// <inheritdoc cref="StopAsync" />
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task TellAsync(TenantId tenant, RunId run, WorkflowEvent happened, Func<Task<bool>> store, CancellationToken cancellation)
    {
        await _door.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_live.TryGetValue((tenant, run), out var live) && await live.Instance.TryTellAsync(happened, store).ConfigureAwait(false))
            {
                return;
            }

            // Not at work here, or just coming to its end: the journal knows whether it is still news, and the next start tells the workflow.
            ObjectDisposedException.ThrowIf(_aborted, this);
            await store().ConfigureAwait(false);
        }
        finally
        {
            _door.Release();
        }
    }

    private async Task LaunchAsync(StartedWorkflow started, CancellationToken cancellation)
    {
        if (_stopped || _live.ContainsKey((started.Tenant, started.Run)))
        {
            return;
        }

        var history = await _services.Journal.ReadAsync(started.Key, cancellation).ConfigureAwait(false);
        if (history.Count == 0)
        {
            WorkflowLog.Begins(_services.Logger, started.Workflow, started.Run.Value);
        }
        else
        {
            WorkflowLog.TakenUp(_services.Logger, started.Workflow, started.Run.Value, history.Count);
        }

        // Its work begins when it is in the list, from which its end removes it.
        var instance = new WorkflowInstance(_services, started, history);
        var released = new TaskCompletionSource();
        _live[(started.Tenant, started.Run)] = (instance, Task.Run(async () =>
        {
            await released.Task.ConfigureAwait(false);
            await WorkAsync(started, instance).ConfigureAwait(false);
        }, CancellationToken.None));
        released.SetResult();
    }

    private async Task WorkAsync(StartedWorkflow started, WorkflowInstance instance)
    {
        await instance.RunAsync().ConfigureAwait(false);
        await instance.StopAsync().ConfigureAwait(false);
        _live.TryRemove((started.Tenant, started.Run), out _);
        await instance.DisposeAsync().ConfigureAwait(false);
    }

    private void Abort()
    {
        _stopped = _aborted = true;
        foreach (var (instance, _) in _live.Values)
        {
            instance.Halt();
        }
    }

    private Run NeverStarted(Run run) => run with
    {
        State = RunState.Failed,
        EndedAt = _services.Time.GetUtcNow(),
        Failure = new RunFailure("never-started", "The program ended just after it had accepted the run.", "Start the run again."),
    };
}
