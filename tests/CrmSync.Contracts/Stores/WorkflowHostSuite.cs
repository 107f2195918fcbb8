using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>A host as the suite sees it. Disposing it stops it gracefully.</summary>
public interface IWorkflowHostUnderTest : IAsyncDisposable
{
    IWorkflowHost Host { get; }

    /// <summary>Takes up what earlier hosts left.</summary>
    Task ResumeAsync();

    /// <summary>Completes when the run is no longer at work in this host.</summary>
    Task WhenEndedAsync(RunId run);
}

/// <summary>What the workflow suites share: one tenant, runs to perform, steps to perform them with.</summary>
public abstract class WorkflowHostSuite : IAsyncLifetime
{
    protected const string Name = "test";
    protected static readonly TenantId Acme = new("acme");
    protected static readonly Step<Given, Got> Work = new("work");
    protected static readonly Step<Given, Got> Report = new("report");

    /// <summary>The run that most tests perform.</summary>
    protected static readonly RunId Run = new("run-1");

    protected abstract IRunStore Runs { get; }

    protected abstract DateTimeOffset Now { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    protected abstract void Advance(TimeSpan span);

    /// <summary>Opens a host over the same storage. What <paramref name="boundary"/> throws kills it there, leaving everything as it is.</summary>
    protected abstract Task<IWorkflowHostUnderTest> OpenAsync(StepCatalog catalog, Action? boundary = null);

    protected static StepCatalog Catalog(
        Func<IWorkflow, Task> workflow, Func<StepContext, Given, Task<Got>>? work = null, Func<StepContext, Given, Task<Got>>? report = null)
    {
        var catalog = new StepCatalog();
        catalog.Add(Work, work ?? ((_, given) => Task.FromResult(new Got(given.Value * 2))));
        catalog.Add(Report, report ?? ((_, given) => Task.FromResult(new Got(given.Value))));
        catalog.AddWorkflow<Given>(Name, (session, _) => workflow(session));
        return catalog;
    }

    protected static Task<Given>[] Inputs(int count) => [.. Enumerable.Range(0, count).Select(i => Task.FromResult(new Given($"{i}", i)))];

    protected async Task StartAsync(IWorkflowHostUnderTest host, RunId? run = null)
    {
        var id = run ?? Run;
        await Runs.TryBeginAsync(new Run { Id = id, Tenant = Acme, Kind = RunKind.Import, Stages = [Entity.Company], StartedAt = Now }, default);
        await host.Host.StartAsync(Acme, id, Name, CoreJson.Serialize(new Given("input", 1)), default);
    }

    protected async Task<Run> EndAsync(IWorkflowHostUnderTest host, RunId? run = null)
    {
        await host.WhenEndedAsync(run ?? Run);
        return await FindAsync(run);
    }

    protected async Task<Run> FindAsync(RunId? run = null) => await Runs.FindAsync(Acme, run ?? Run, default) ?? throw new InvalidOperationException("No run.");

    /// <summary>Lets time pass until the run has ended, for waits that begin at a moment the test cannot know.</summary>
    protected async Task<Run> EndAsTimePassesAsync(IWorkflowHostUnderTest host)
    {
        var ended = host.WhenEndedAsync(Run);
        while (!ended.IsCompleted)
        {
            Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await EndAsync(host);
    }

    /// <summary>A step's input.</summary>
    protected sealed record Given(string Key, int Value) : IStepInput;

    /// <summary>A step's result.</summary>
    protected sealed record Got(int Value);
}
