using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every workflow host does with signals and cancellations.</summary>
public abstract class WorkflowSignalContract : WorkflowHostSuite
{
    private readonly List<string> _received = [];

    [Fact]
    public async Task Signal_BeforeTheWorkflowWaits_IsNotLost()
    {
        var go = Gate();
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            await workflow.RunAsync(Work, new Given("a", 1));
            _received.Add(await workflow.WaitForSignalAsync("word"));
        }, async (_, given) =>
        {
            await go.Task;
            return new Got(given.Value);
        }));

        await StartAsync(host);
        await host.Host.SignalAsync(Acme, Run, "word", "early 🚀", default);
        go.SetResult();
        await EndAsync(host);

        Assert.Equal(["early 🚀"], _received);
    }

    [Fact]
    public async Task Signal_WhileTheWorkflowWaits_WakesIt()
    {
        var waiting = Gate();
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            var word = workflow.WaitForSignalAsync("word");
            waiting.SetResult();
            _received.Add(await word);
        }));

        await StartAsync(host);
        await waiting.Task;
        await host.Host.SignalAsync(Acme, Run, "other", "not for this wait", default);
        await host.Host.SignalAsync(Acme, Run, "word", "late", default);
        await EndAsync(host);

        Assert.Equal(["late"], _received);
    }

    [Fact]
    public async Task Signals_Several_AreConsumedOnceInOrder()
    {
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            foreach (var _ in Enumerable.Range(0, 3))
            {
                _received.Add(await workflow.WaitForSignalAsync("word"));
            }
        }));

        await StartAsync(host);
        foreach (var word in new[] { "one", "two", "three" })
        {
            await host.Host.SignalAsync(Acme, Run, "word", word, default);
        }

        await EndAsync(host);

        Assert.Equal(["one", "two", "three"], _received);
    }

    [Fact]
    public async Task Signal_ToAnEndedRun_IsIgnored()
    {
        await using var host = await OpenAsync(Catalog(_ => Task.CompletedTask));
        await StartAsync(host);
        await EndAsync(host);

        await host.Host.SignalAsync(Acme, Run, "word", "too late", default);
        await host.Host.CancelAsync(Acme, Run, default);

        Assert.Equal(RunState.Completed, (await FindAsync()).State);
    }

    [Fact]
    public async Task Cancel_StepAtWork_StopsItAndStillReports()
    {
        var (atWork, mayStop) = (Gate(), Gate());
        CancellationToken reportToken = default;
        var known = false;
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            try
            {
                await workflow.RunAsync(Work, new Given("a", 1));
            }
            catch (WorkflowCancelledException)
            {
                known = workflow.CancelRequested;
                await workflow.RunAsync(Report, new Given("", 1));
            }
        }, async (context, given) =>
        {
            atWork.SetResult();
            await mayStop.Task;
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Cancellation);
            return new Got(given.Value);
        }, (context, given) =>
        {
            reportToken = context.Cancellation;
            return Task.FromResult(new Got(reportToken.IsCancellationRequested ? 0 : given.Value));
        }));

        await StartAsync(host);
        await atWork.Task;
        await host.Host.CancelAsync(Acme, Run, default);
        await host.Host.CancelAsync(Acme, Run, default);
        Assert.Equal(RunState.Cancelling, (await FindAsync()).State);
        mayStop.SetResult();
        var run = await EndAsync(host);

        Assert.Equal(RunState.Cancelled, run.State);
        Assert.NotNull(run.EndedAt);
        Assert.Null(run.Failure);
        Assert.True(known);
        Assert.NotEqual(default, reportToken);
        Assert.False(reportToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancel_StepThatFinishesAllTheSame_IsSeenAtTheNextBoundary()
    {
        var (atWork, mayEnd) = (Gate(), Gate());
        var seen = new List<bool>();
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            seen.Add(workflow.CancelRequested);
            await workflow.RunAsync(Work, new Given("a", 1));
            seen.Add(workflow.CancelRequested);
        }, async (_, given) =>
        {
            atWork.SetResult();
            await mayEnd.Task;
            return new Got(given.Value);
        }));

        await StartAsync(host);
        await atWork.Task;
        await host.Host.CancelAsync(Acme, Run, default);
        mayEnd.SetResult();

        Assert.Equal(RunState.Cancelled, (await EndAsync(host)).State);
        Assert.Equal([false, true], seen);
    }

    [Fact]
    public async Task Cancel_InputsNotBegun_NeverBegin()
    {
        var (atWork, mayEnd) = (Gate(), Gate());
        var begun = 0;
        string[] outcomes = [];
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            var results = workflow.RunEach(Work, Inputs(4), 1);
            await Task.WhenAll(results.Select(OutcomeAsync)).ContinueWith(all => outcomes = all.Result, TaskScheduler.Default);
        }, async (_, given) =>
        {
            begun++;
            atWork.SetResult();
            await mayEnd.Task;
            return new Got(given.Value);
        }));

        await StartAsync(host);
        await atWork.Task;
        await host.Host.CancelAsync(Acme, Run, default);
        mayEnd.SetResult();
        await EndAsync(host);

        Assert.Equal(1, begun);
        Assert.Equal(["done", "cancelled", "cancelled", "cancelled"], outcomes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_WhileWaiting_WakesTheWorkflow(bool forSignal)
    {
        var waiting = Gate();
        await using var host = await OpenAsync(Catalog(async workflow =>
        {
            var wait = forSignal ? workflow.WaitForSignalAsync("never") : workflow.WaitUntilAsync(Now.AddDays(400));
            waiting.SetResult();
            await wait;
        }));

        await StartAsync(host);
        await waiting.Task;
        await host.Host.CancelAsync(Acme, Run, default);

        Assert.Equal(RunState.Cancelled, (await EndAsync(host)).State);
    }

    private static async Task<string> OutcomeAsync(Task<Got> result)
    {
        try
        {
            await result;
            return "done";
        }
        catch (WorkflowCancelledException)
        {
            return "cancelled";
        }
    }

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
