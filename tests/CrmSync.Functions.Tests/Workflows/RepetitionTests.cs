using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using CrmSync.Functions.Tests.Support;
using CrmSync.Functions.Workflows;

namespace CrmSync.Functions.Tests.Workflows;

/// <summary>Steps are repeated where that may help, and only there.</summary>
public sealed class RepetitionTests
{
    private static readonly RunFailure Told = new("busy", "It is busy.", "Wait.");

    [Fact]
    public async Task Step_WhoseHostStops_RunsAgainAsOftenAsThatHappens()
    {
        var asked = 0;
        var conductor = new Conductor(FakeAccount.Few.Catalog())
        {
            Instead = call => call.Step == "import-decide" && asked++ < 10 ? StepOutcome.Interrupted : null,
        };
        await conductor.RunAsync(1);

        Assert.Equal(RunState.Completed, conductor.Ending.State);
    }

    [Theory]
    [InlineData(3, RunState.Completed)]
    [InlineData(4, RunState.Failed)]
    public async Task Step_WhoseWorkerDies_RunsAgainThreeTimes(int deaths, RunState state)
    {
        var asked = 0;
        var conductor = new Conductor(FakeAccount.Few.Catalog()) { Instead = call => call.Step == "import-begin" && asked++ < deaths ? Conductor.Died : null };
        await conductor.RunAsync(2);

        Assert.Equal(state, conductor.Ending.State);
        Assert.Equal(state == RunState.Failed ? "step-lost" : null, conductor.Ending.Failure?.Code);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public async Task Step_ThatFails_IsRepeatedOnlyWhereTheFailureMayPass(bool passing, int calls)
    {
        var asked = 0;
        var conductor = new Conductor(FakeAccount.Few.Catalog())
        {
            Instead = call => call.Step == "import-begin" && asked++ >= 0 ? StepOutcome.Failed(new StepFailure(Told, passing, Side.Crm), passing) : null,
        };
        await conductor.RunAsync(3);

        Assert.Equal((RunState.Failed, "busy", calls), (conductor.Ending.State, conductor.Ending.Failure?.Code, asked));
    }
}
