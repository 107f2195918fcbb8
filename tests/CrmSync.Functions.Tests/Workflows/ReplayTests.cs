using CrmSync.Core.Runs;
using CrmSync.Functions.Tests.Support;

namespace CrmSync.Functions.Tests.Workflows;

/// <summary>An orchestration decides by its history alone: delivered again, whole or in part, it gives the same decisions (IM-5).</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task History_DeliveredAgain_GivesTheSameDecisions(int seed)
    {
        var conductor = new Conductor(FakeAccount.Few.Catalog());
        await conductor.RunAsync(seed);

        Assert.Equal(RunState.Completed, conductor.Ending.State);
        Assert.Equal(conductor.Orchestration.Decisions, await conductor.ReplayAsync(conductor.History.Count));
    }

    [Fact]
    public async Task History_DeliveredInPart_GivesTheBeginningOfTheSameDecisions()
    {
        var conductor = new Conductor(FakeAccount.Few.Catalog());
        await conductor.RunAsync(6);

        for (var events = 0; events < conductor.History.Count; events++)
        {
            var decisions = await conductor.ReplayAsync(events);
            Assert.Equal(conductor.Orchestration.Decisions.Take(decisions.Count), decisions);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(25)]
    public async Task History_WithACancellation_IsReplayedTheSameAndEndsCancelled(int before)
    {
        var conductor = new Conductor(FakeAccount.Few.Catalog()) { CancelBefore = before };
        await conductor.RunAsync(7);

        Assert.Equal(RunState.Cancelled, conductor.Ending.State);
        Assert.Equal(conductor.Orchestration.Decisions, await conductor.ReplayAsync(conductor.History.Count));
    }

    [Fact]
    public async Task Order_InWhichStepsEnd_DoesNotChangeHowTheRunEnds()
    {
        var endings = new List<string>();
        for (var seed = 10; seed < 20; seed++)
        {
            var conductor = new Conductor(FakeAccount.Few.Catalog());
            await conductor.RunAsync(seed);
            endings.Add(conductor.Ending.ToElement().GetRawText());
        }

        Assert.Single(endings.Distinct());
    }
}
