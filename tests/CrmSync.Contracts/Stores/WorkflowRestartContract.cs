using System.Collections.Concurrent;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every workflow host does when its process ends in the middle, gracefully or not (L5).</summary>
public abstract class WorkflowRestartContract : WorkflowHostSuite
{
    [Fact]
    public async Task Stop_StepAtWork_IsRunAgainByTheNextHost()
    {
        var atWork = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var executed = new ConcurrentQueue<string>();
        var first = await OpenAsync(Catalog(TwoStepsAsync, async (context, given) =>
        {
            executed.Enqueue(given.Key);
            if (given.Key == "b")
            {
                atWork.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.Cancellation);
            }

            return new Got(given.Value);
        }));
        await StartAsync(first);
        await atWork.Task;
        await first.DisposeAsync();
        Assert.Equal(RunState.Running, (await FindAsync()).State);

        await using var second = await OpenAsync(Catalog(TwoStepsAsync, (_, given) =>
        {
            executed.Enqueue(given.Key);
            return Task.FromResult(new Got(given.Value));
        }));
        await second.ResumeAsync();

        Assert.Equal(RunState.Completed, (await EndAsync(second)).State);
        Assert.Equal(["a", "b", "b"], executed);
    }

    [Fact]
    public async Task Stop_SignalWhileNoHostIsThere_IsDeliveredLater()
    {
        var received = "";
        var catalog = Catalog(async workflow => received = await workflow.WaitForSignalAsync("word"));
        var first = await OpenAsync(catalog);
        await StartAsync(first);
        await first.DisposeAsync();
        await first.Host.SignalAsync(Acme, Run, "word", "between", default);

        await using var second = await OpenAsync(catalog);
        await second.ResumeAsync();

        Assert.Equal(RunState.Completed, (await EndAsync(second)).State);
        Assert.Equal("between", received);
    }

    [Fact]
    public async Task Stop_CancelWhileNoHostIsThere_IsObeyedLater()
    {
        var catalog = Catalog(workflow => workflow.WaitForSignalAsync("never"));
        var first = await OpenAsync(catalog);
        await StartAsync(first);
        await first.DisposeAsync();
        await first.Host.CancelAsync(Acme, Run, default);
        Assert.Equal(RunState.Cancelling, (await FindAsync()).State);

        await using var second = await OpenAsync(catalog);
        await second.ResumeAsync();

        Assert.Equal(RunState.Cancelled, (await EndAsync(second)).State);
    }

    [Fact]
    public async Task Resume_RunThatNeverGotItsWorkflow_IsMarkedAsFailed() // IM-8
    {
        await Runs.TryBeginAsync(new Run { Id = Run, Tenant = Acme, Kind = RunKind.Import, Stages = [], StartedAt = Now }, default);

        await using var host = await OpenAsync(Catalog(_ => Task.CompletedTask));
        await host.ResumeAsync();

        var run = await FindAsync();
        Assert.Equal((RunState.Failed, "never-started"), (run.State, run.Failure?.Code));
    }

    [Fact]
    public async Task Resume_Replay_ReportsNoProgressFromBefore()
    {
        var first = await OpenAsync(Catalog(WorkflowAsync));
        await StartAsync(first);
        await first.Host.SignalAsync(Acme, Run, "stage", "1", default);
        await first.Host.SignalAsync(Acme, Run, "stage", "2", default);
        await first.DisposeAsync();

        await using var second = await OpenAsync(Catalog(WorkflowAsync));
        await second.ResumeAsync();
        await second.Host.SignalAsync(Acme, Run, "stage", "3", default);

        Assert.Equal(3, Assert.Single((await EndAsync(second)).Progress.Stages).Observed);

        static async Task WorkflowAsync(IWorkflow workflow)
        {
            for (var done = 0; done < 3;)
            {
                done = int.Parse(await workflow.WaitForSignalAsync("stage"), System.Globalization.CultureInfo.InvariantCulture);
                workflow.ReportProgress(new RunProgress { Stages = [new StageProgress { Stage = Core.Records.Entity.Company, Observed = done }] });
            }
        }
    }

    [Fact]
    public async Task Kill_AtEveryBoundary_EndsInTheSameState() // L5
    {
        var expected = await SweepAsync(cancels: false, killAt: int.MaxValue);
        Assert.Equal(RunState.Completed, expected.State);
        Assert.InRange(expected.Boundaries, 20, 200);

        for (var killAt = 0; killAt < expected.Boundaries; killAt++)
        {
            var actual = await SweepAsync(cancels: false, killAt);
            Assert.Equal((killAt, expected.State, expected.World), (killAt, actual.State, actual.World));
        }
    }

    [Fact]
    public async Task Kill_AtEveryBoundaryOfACancelledRun_EndsInTheSameState() // L5
    {
        var expected = await SweepAsync(cancels: true, killAt: int.MaxValue);
        Assert.Equal(RunState.Cancelled, expected.State);

        for (var killAt = 0; killAt < expected.Boundaries; killAt++)
        {
            var actual = await SweepAsync(cancels: true, killAt);
            Assert.Equal((killAt, expected.State, expected.World), (killAt, actual.State, actual.World));
        }
    }

    private static async Task TwoStepsAsync(IWorkflow workflow)
    {
        await workflow.RunAsync(Work, new Given("a", 1));
        await workflow.RunAsync(Work, new Given("b", 2));
    }

    // One run of everything a workflow can do, killed once and taken up again.
    private async Task<(RunState State, string World, int Boundaries)> SweepAsync(bool cancels, int killAt)
    {
        var run = new Core.Records.RunId($"{(cancels ? "cancel" : "run")}-{killAt:x8}");
        var world = new ConcurrentDictionary<string, int>();
        var boundaries = 0;
        IWorkflowHost? present = null;
        var catalog = Catalog(CanonicalAsync, StepAsync, (_, given) =>
        {
            world["report"] = given.Value;
            return Task.FromResult(new Got(given.Value));
        });

        var doomed = await OpenAsync(catalog, () =>
        {
            if (Interlocked.Increment(ref boundaries) - 1 == killAt)
            {
                throw new SimulatedKillException();
            }
        });
        present = doomed.Host;
        try
        {
            await doomed.Host.SignalAsync(Acme, run, "word", "5", default);
            await StartAsync(doomed, run);
        }
        catch (SimulatedKillException)
        {
            // The host died while it was being talked to.
        }

        await doomed.WhenEndedAsync(run);
        await doomed.DisposeAsync();
        var first = boundaries;

        await using var next = await OpenAsync(catalog);
        present = next.Host;
        await next.ResumeAsync();
        var ended = await EndAsync(next, run);
        return (ended.State, CoreJson.Serialize(new SortedDictionary<string, int>(world, StringComparer.Ordinal)), first);

        async Task<Got> StepAsync(StepContext context, Given given)
        {
            if (given.Key == "refused")
            {
                throw new ConnectWiseException("forbidden", "Not allowed.", "Ask for the right.", retryHelps: false);
            }

            if (given.Key == "cancel" && cancels)
            {
                await present!.CancelAsync(Acme, run, default);
                return new Got(0);
            }

            // Set, not counted: a step may run twice.
            world[given.Key] = given.Value;
            return new Got(given.Value * 2);
        }
    }

    private static async Task CanonicalAsync(IWorkflow workflow)
    {
        var total = 0;
        try
        {
            total += (await workflow.RunAsync(Work, new Given("begin", 1))).Value;
            var each = await Task.WhenAll(workflow.RunEach(Work, Inputs(5), 2));
            total += each.Sum(got => got.Value);
            try
            {
                await workflow.RunAsync(Work, new Given("refused", 0));
            }
            catch (ConnectWiseException e)
            {
                total += e.Code.Length;
            }

            total += int.Parse(await workflow.WaitForSignalAsync("word"), System.Globalization.CultureInfo.InvariantCulture);
            await workflow.RunAsync(Work, new Given("cancel", 0));
            if (!workflow.CancelRequested)
            {
                total += (await workflow.RunAsync(Work, new Given("after", 7))).Value;
            }
        }
        catch (WorkflowCancelledException)
        {
            // What was done stays done; the report says how much.
        }

        await workflow.RunAsync(Report, new Given("", total));
    }

    private sealed class SimulatedKillException : Exception;
}
