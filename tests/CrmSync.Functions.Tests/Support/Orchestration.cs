using System.Text.Json;
using CrmSync.Functions.Workflows;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Functions.Tests.Support;

/// <summary>What happened to an orchestration, in order: the end of an action by its number, or an event from outside.</summary>
internal sealed record Happened(int Action, string? Content, string? Event = null);

/// <summary>
/// An orchestration in memory: its actions are numbered as they are scheduled, and end when they are delivered. The workflow's code runs within the
/// delivery, as on the real host, so that a recorded history can be delivered again.
/// </summary>
internal sealed class Orchestration(RunOrder order) : TaskOrchestrationContext
{
    private readonly Dictionary<int, TaskCompletionSource<string>> _open = [];
    private readonly Dictionary<string, Queue<TaskCompletionSource<string>>> _listeners = [];
    private readonly Dictionary<string, Queue<string>> _early = [];
    private readonly Turns _turns = new();
    private object? _status;

    /// <summary>What was scheduled: the decisions, in their order.</summary>
    public List<string> Decisions { get; } = [];

    /// <summary>The calls of activities by their numbers.</summary>
    public Dictionary<int, (string Name, string Input)> Calls { get; } = [];

    public string Status => JsonSerializer.Serialize(_status);

    public override TaskName Name => RunOrchestrator.Name;

    public override string InstanceId => "acme.run";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Begins the orchestration; it has gone on as far as it can when this returns.</summary>
    public Task Begin(RunOrchestrator code)
    {
        var task = Task.CompletedTask;
        _turns.Run(() => task = code.RunAsync(this));
        return task;
    }

    public void Deliver(Happened happened) => _turns.Run(() => End(happened));

    public override T? GetInput<T>()
        where T : default => (T)(object)order;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        // As on the wire: what does not survive its JSON would not survive there.
        var json = JsonSerializer.Serialize(input);
        Calls[Decisions.Count] = (name.Name, json);
        var result = await Schedule($"{name.Name} {json}").ConfigureAwait(true);
        return JsonSerializer.Deserialize<TResult>(result.Length == 0 ? "null" : result)!;
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var number = Decisions.Count;
        var timer = Schedule($"timer {fireAt:O}");
        await using var registration = cancellationToken.Register(() =>
        {
            if (_open.Remove(number, out var open))
            {
                open.SetCanceled(cancellationToken);
            }
        });
        await timer.ConfigureAwait(true);
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (_early.TryGetValue(eventName, out var early) && early.TryDequeue(out var payload))
        {
            return (T)(object)payload;
        }

        var listener = new TaskCompletionSource<string>();
        await using var registration = cancellationToken.Register(() => listener.TrySetCanceled(cancellationToken));
        (_listeners.TryGetValue(eventName, out var queue) ? queue : _listeners[eventName] = new Queue<TaskCompletionSource<string>>()).Enqueue(listener);
        return (T)(object)await listener.Task.ConfigureAwait(true);
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => _status = customStatus;

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private void End(Happened happened)
    {
        if (happened.Event is { } name)
        {
            Raise(name, happened.Content!);
        }
        else if (_open.Remove(happened.Action, out var action))
        {
            if (happened.Content is { } content)
            {
                action.SetResult(content);
            }
            else
            {
                action.SetException(new TaskFailedException("step", happened.Action, new TaskFailureDetails("Died", "The worker died.", null, null, null)));
            }
        }
    }

    private Task<string> Schedule(string decision)
    {
        var action = new TaskCompletionSource<string>();
        _open.Add(Decisions.Count, action);
        Decisions.Add(decision);
        return action.Task;
    }

    private void Raise(string name, string payload)
    {
        while (_listeners.TryGetValue(name, out var queue) && queue.TryDequeue(out var listener))
        {
            if (listener.TrySetResult(payload))
            {
                return;
            }
        }

        (_early.TryGetValue(name, out var early) ? early : _early[name] = new Queue<string>()).Enqueue(payload);
    }
}
