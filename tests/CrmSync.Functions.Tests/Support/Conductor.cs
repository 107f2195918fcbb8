using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Setup;
using CrmSync.Core.Workflows;
using CrmSync.Functions.Workflows;

namespace CrmSync.Functions.Tests.Support;

/// <summary>Drives an orchestration to its end: answers what it scheduled, in an order of its own, and records what happened.</summary>
internal sealed class Conductor
{
    private readonly StepCatalog _catalog;
    private readonly HashSet<int> _answered = [];
    private Task _code = Task.CompletedTask;

    public Conductor(StepCatalog catalog)
    {
        _catalog = catalog;
        Order = new RunOrder("acme", "20260102T030405006-0123456789", ImportWorkflow.Name,
            JsonSerializer.SerializeToElement(new ImportInput(Stages.All, DryRun: false), CoreJson.Options));
        Orchestration = new Orchestration(Order);
    }

    public RunOrder Order { get; }

    public Orchestration Orchestration { get; }

    public List<Happened> History { get; } = [];

    /// <summary>Answers of steps as they were sent.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>What an activity answers instead; null for what the step says. Asked with the step's call and how often it was asked before.</summary>
    public Func<StepCall, StepOutcome?> Instead { get; init; } = _ => null;

    /// <summary>Before which answer the run is cancelled; null for never.</summary>
    public int? CancelBefore { get; init; }

    /// <summary>How the run was closed.</summary>
    public RunEnding Ending => RunEnding.From(JsonSerializer.Deserialize<RunClosing>(
        Orchestration.Calls.Values.Single(call => call.Name == CloseActivity.Name).Input)!.Ending);

    /// <summary>Runs to the end; the seed decides which of the open actions ends next.</summary>
    public async Task RunAsync(int seed)
    {
        _code = Orchestration.Begin(new RunOrchestrator(_catalog));
        for (var state = (uint)seed; !_code.IsCompleted;)
        {
            var open = Enumerable.Range(0, Orchestration.Decisions.Count).Where(number => !_answered.Contains(number)).ToList();
            Assert.NotEmpty(open);
            if (CancelBefore == _answered.Count)
            {
                Record(new Happened(-1, "asked", DurableWorkflow.CancelEvent));
            }

            state = unchecked((state * 1664525) + 1013904223);
            var next = open[(int)(state % open.Count)];
            _answered.Add(next);
            Record(new Happened(next, await AnswerAsync(next)));
        }

        await _code;
    }

    /// <summary>The history again, in a new orchestration: what it decides.</summary>
    public async Task<IReadOnlyList<string>> ReplayAsync(int events)
    {
        var again = new Orchestration(Order);
        var code = again.Begin(new RunOrchestrator(_catalog));
        foreach (var happened in History.Take(events))
        {
            again.Deliver(happened);
        }

        if (events == History.Count)
        {
            await code;
        }

        return again.Decisions;
    }

    private void Record(Happened happened)
    {
        History.Add(happened);
        Orchestration.Deliver(happened);
    }

    private async Task<string?> AnswerAsync(int number)
    {
        if (!Orchestration.Calls.TryGetValue(number, out var call) || call.Name != StepActivity.Name)
        {
            return "";
        }

        var step = JsonSerializer.Deserialize<StepCall>(call.Input)!;
        var outcome = Instead(step) ?? StepOutcome.Completed(
            await _catalog.RunStepAsync(step.Step, step.Context(CancellationToken.None), step.Input.GetRawText()));
        if (ReferenceEquals(outcome, Died))
        {
            return null;
        }

        Answers.Add(JsonSerializer.Serialize(outcome));
        return Answers[^1];
    }

    /// <summary>The worker's death in place of an answer.</summary>
    public static StepOutcome Died { get; } = new(StepEnd.Failed);
}
