using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every workflow host does with steps, results, failures and time.</summary>
public abstract class WorkflowHostContract : WorkflowHostSuite
{
    [Fact]
    public async Task Start_Workflow_RunsItsStepsAndCompletes()
    {
        var results = new List<int>();
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            var first = await workflow.RunAsync(Work, new Given("a", 3));
            results.Add(first.Value);
            results.Add((await workflow.RunAsync(Work, new Given("b", first.Value))).Value);
        }));

        await StartAsync(host);

        Assert.Equal(RunState.Completed, (await EndAsync(host)).State);
        Assert.Equal([6, 12], results);
    }

    [Fact]
    public async Task Start_Again_DoesNothing()
    {
        var steps = 0;
        await using var host = await OpenAsync(Catalog(workflow => workflow.RunAsync(Work, new Given("a", 1)), (_, _) =>
            Task.FromResult(new Got(Interlocked.Increment(ref steps)))));
        await StartAsync(host);
        await host.Host.StartAsync(Acme, Run, Name, CoreJson.Serialize(new Given("input", 1)), default);
        await EndAsync(host);

        await host.Host.StartAsync(Acme, Run, Name, CoreJson.Serialize(new Given("input", 1)), default);
        await EndAsync(host);

        Assert.Equal(1, steps);
    }

    [Fact]
    public async Task Run_SameStepAndKeyTwice_GivesOneResult()
    {
        var steps = 0;
        await using var host = await OpenAsync(Catalog(
            workflow => Task.WhenAll(workflow.RunAsync(Work, new Given("a", 1)), workflow.RunAsync(Work, new Given("a", 1))),
            (_, _) => Task.FromResult(new Got(Interlocked.Increment(ref steps)))));

        await StartAsync(host);
        await EndAsync(host);

        Assert.Equal(1, steps);
    }

    [Fact]
    public async Task RunEach_EndingInAnotherOrder_GivesResultsInOrder()
    {
        var gates = Enumerable.Range(0, 3).Select(_ => Gate()).ToArray();
        int[] results = [];
        await using var host = await OpenAsync(Catalog(async workflow =>
            results = [.. (await Task.WhenAll(workflow.RunEach(Work, Inputs(3), 3))).Select(got => got.Value)],
            async (_, given) =>
            {
                await gates[given.Value].Task;
                if (given.Value > 0)
                {
                    gates[given.Value - 1].SetResult();
                }

                return new Got(given.Value);
            }));

        await StartAsync(host);
        gates[2].SetResult();
        await EndAsync(host);

        Assert.Equal([0, 1, 2], results);
    }

    [Fact]
    public async Task RunEach_ManyInputs_RunsNoMoreAtOnceThanAllowed()
    {
        var (running, most) = (0, 0);
        var full = Gate();
        await using var host = await OpenAsync(Catalog(workflow => Task.WhenAll(workflow.RunEach(Work, Inputs(20), 3)), async (_, given) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 3)
            {
                full.TrySetResult();
            }

            // Nobody goes on before three are at work, so three at once is reached for certain.
            await full.Task;
            Interlocked.Decrement(ref running);
            return new Got(given.Value);
        }));

        await StartAsync(host);

        Assert.Equal(RunState.Completed, (await EndAsync(host)).State);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task RunEach_OneAtATime_StartsInTheOrderOfInputs()
    {
        var started = new List<int>();
        await using var host = await OpenAsync(Catalog(workflow => Task.WhenAll(workflow.RunEach(Work, Inputs(10), 1)), (_, given) =>
        {
            started.Add(given.Value);
            return Task.FromResult(new Got(given.Value));
        }));

        await StartAsync(host);
        await EndAsync(host);

        Assert.Equal(Enumerable.Range(0, 10), started);
    }

    [Fact]
    public async Task RunEach_InputNotKnownYet_DoesNotHoldUpTheOthers()
    {
        var second = Gate();
        await using var host = await OpenAsync(Catalog(
            workflow => Task.WhenAll(workflow.RunEach(Work, [LaterAsync(workflow), Task.FromResult(new Given("1", 1))], 1)),
            (_, given) =>
            {
                if (given.Value == 1)
                {
                    second.SetResult();
                }

                return Task.FromResult(new Got(given.Value));
            }));

        await StartAsync(host);
        await second.Task;
        await host.Host.SignalAsync(Acme, Run, "go", "", default);

        Assert.Equal(RunState.Completed, (await EndAsync(host)).State);

        static async Task<Given> LaterAsync(IWorkflow workflow)
        {
            await workflow.WaitForSignalAsync("go");
            return new Given("0", 0);
        }
    }

    [Fact]
    public async Task RunEach_InputFails_FailsItsResultAlone()
    {
        string[] outcomes = [];
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            var failing = Task.FromException<Given>(new InvalidOperationException("no input"));
            var results = workflow.RunEach(Work, [failing, Task.FromResult(new Given("1", 1))], 1);
            await Task.WhenAll(results.Select(result => result.ContinueWith(_ => { }, TaskScheduler.Default)));
            outcomes = [.. results.Select(result => result.Exception?.InnerException?.Message ?? $"{result.Result.Value}")];
        }));

        await StartAsync(host);
        await EndAsync(host);

        Assert.Equal(["no input", "2"], outcomes);
    }

    [Fact]
    public async Task Step_FailsForAPassingReason_IsRepeated()
    {
        var attempts = 0;
        await using var host = await OpenAsync(Catalog(workflow => workflow.RunAsync(Work, new Given("a", 1)), (_, given) => ++attempts switch
        {
            1 => throw new IOException("gone for a moment"),
            2 => throw new ConnectWiseException("throttled", "Too many.", "Wait.", retryHelps: true),
            3 => throw new CrmException("crm-unavailable", "Not now.", "Wait.", retryHelps: true),
            _ => Task.FromResult(new Got(given.Value)),
        }));

        await StartAsync(host);

        Assert.Equal(RunState.Completed, (await EndAsTimePassesAsync(host)).State);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task Step_FailsTooOften_FailsTheRun()
    {
        var attempts = 0;
        await using var host = await OpenAsync(Catalog(workflow => workflow.RunAsync(Work, new Given("a", 1)), (_, _) =>
        {
            attempts++;
            throw new TimeoutException("never there");
        }));

        await StartAsync(host);
        var run = await EndAsTimePassesAsync(host);

        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task Step_FailsWithRemedy_TellsItInTheRun()
    {
        var attempts = 0;
        await using var host = await OpenAsync(Catalog(workflow => workflow.RunAsync(Work, new Given("a", 1)), (_, _) =>
        {
            attempts++;
            throw new ConnectWiseException("unauthorized", "The key was refused.", "Enter a new key.", retryHelps: false);
        }));

        await StartAsync(host);
        var run = await EndAsync(host);

        Assert.Equal(RunState.Failed, run.State);
        Assert.NotNull(run.EndedAt);
        Assert.Equal(new RunFailure("unauthorized", "The key was refused.", "Enter a new key."), run.Failure);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Step_FailsOnTheCrmsSide_FailsTheWorkflowAsThat()
    {
        SideException? caught = null;
        await using var host = await OpenAsync(Catalog(
            async workflow =>
            {
                try
                {
                    await workflow.RunAsync(Work, new Given("a", 1));
                }
                catch (SideException e)
                {
                    caught = e;
                    throw;
                }
            },
            (_, _) => throw new CrmException("crm-unauthorized", "The token was refused.", "Enter a new token.", retryHelps: false)));

        await StartAsync(host);
        var run = await EndAsync(host);

        Assert.Equal(new RunFailure("crm-unauthorized", "The token was refused.", "Enter a new token."), run.Failure);
        Assert.IsType<CrmException>(caught);
    }

    [Fact]
    public async Task Workflow_FailsUnforeseen_TellsNothingOfTheException()
    {
        await using var host = await OpenAsync(Catalog(_ => throw new InvalidOperationException("jane@example.com")));

        await StartAsync(host);
        var run = await EndAsync(host);

        Assert.Equal(RunState.Failed, run.State);
        Assert.Equal("internal-error", run.Failure?.Code);
        Assert.DoesNotContain("jane", CoreJson.Serialize(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_EndsItsRunItself_IsLeftAsItWasEnded()
    {
        await using var host = await OpenAsync(Catalog(workflow => workflow.RunAsync(Report, new Given("", 1)), report: async (context, given) =>
        {
            await Runs.UpdateAsync(await FindAsync() with { State = RunState.Failed, Failure = new RunFailure("mine", "m", "r") }, context.Cancellation);
            return new Got(given.Value);
        }));

        await StartAsync(host);

        Assert.Equal("mine", (await EndAsync(host)).Failure?.Code);
    }

    [Fact]
    public async Task WaitUntil_TimeComes_GoesOn()
    {
        var waiting = Gate();
        var time = Now.AddHours(3);
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            var wait = workflow.WaitUntilAsync(time);
            await workflow.WaitUntilAsync(time.AddHours(-4));
            waiting.SetResult();
            await wait;
        }));

        await StartAsync(host);
        await waiting.Task;
        Assert.Equal(RunState.Running, (await FindAsync()).State);

        Assert.Equal(RunState.Completed, (await EndAsTimePassesAsync(host)).State);
        Assert.True(Now >= time);
    }

    [Fact]
    public async Task ReportProgress_ManyReports_StoresTheLast()
    {
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            foreach (var i in Enumerable.Range(1, 50))
            {
                workflow.ReportProgress(new RunProgress { Stages = [new StageProgress { Stage = Entity.Company, Observed = i }] });
            }

            await workflow.RunAsync(Work, new Given("a", 1));
        }));

        await StartAsync(host);

        Assert.Equal(50, Assert.Single((await EndAsync(host)).Progress.Stages).Observed);
    }

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
