using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;

namespace CrmSync.Simulation.Engine;

/// <summary>Runs a step: <see cref="StepCatalog.RunStepAsync"/>, or something in its place.</summary>
internal delegate Task<string> RunStep(string step, StepContext context, string input);

/// <summary>A workflow runner that does one thing at a time, over a journal that outlives its processes.</summary>
/// <param name="steps">Runs a step by its name.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="run">The run.</param>
/// <param name="effects">Where the process can die.</param>
/// <param name="journal">The steps that are done, with their results.</param>
internal sealed class SimulatedHost(
    RunStep steps, TenantId tenant, RunId run, Effects effects, Dictionary<(string Step, string Key), string> journal) : IWorkflow
{
    private const int Attempts = 4;
    private const string Failed = "failed:";

    public TenantId Tenant => tenant;

    public RunId Run => run;

    public bool CancelRequested => false;

    public async Task<TResult> RunAsync<TInput, TResult>(Step<TInput, TResult> step, TInput input)
        where TInput : IStepInput
    {
        var call = (step.Name, input.Key);
        if (!journal.TryGetValue(call, out var recorded))
        {
            effects.Boundary($"before {call}");
            recorded = await PerformAsync(step.Name, CoreJson.Serialize(input));
            effects.Boundary($"after {call}");
            journal[call] = recorded;
            effects.Note($"{call}");
            effects.Boundary($"recorded {call}");
        }

        return recorded.StartsWith(Failed, StringComparison.Ordinal)
            ? throw CoreJson.Deserialize<StepFailure>(recorded[Failed.Length..]).ToException()
            : CoreJson.Deserialize<TResult>(recorded);
    }

    public IReadOnlyList<Task<TResult>> RunEach<TInput, TResult>(Step<TInput, TResult> step, IReadOnlyList<Task<TInput>> inputs, int parallelism)
        where TInput : IStepInput => [.. inputs.Select(async input => await RunAsync(step, await input))];

    public Task<string> WaitForSignalAsync(string name) => throw new NotSupportedException("No import waits for a signal.");

    public Task WaitUntilAsync(DateTimeOffset time) => throw new NotSupportedException("No import waits for a time.");

    public void ReportProgress(RunProgress progress)
    {
    }

    private async Task<string> PerformAsync(string step, string input)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await steps(step, new StepContext(tenant, run, CancellationToken.None), input);
            }
            catch (SideException failure) when (attempt == Attempts || !failure.RetryHelps)
            {
                var kept = new StepFailure(new RunFailure(failure.Code, failure.Message, failure.Remedy), failure.RetryHelps, failure.Side);
                return Failed + CoreJson.Serialize(kept);
            }
            catch (SideException)
            {
                effects.Note($"{step} again");
            }
        }
    }
}
