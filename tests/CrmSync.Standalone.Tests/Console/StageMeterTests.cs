using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Tests.Console;

public sealed class StageMeterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Measure_StageNotBegun_KnowsNothing()
    {
        var gauge = Assert.Single(new StageMeter().Measure(RunWith(null), Start));

        Assert.Equal(("companies", null, null), (gauge.Stage, gauge.Share, gauge.Left));
    }

    [Fact]
    public void Measure_HalfOfTheWorkInTenSeconds_HasTenSecondsLeft()
    {
        var meter = new StageMeter();
        var progress = new StageProgress { Stage = Entity.Company, Expected = 100, Observed = 1 };
        meter.Measure(RunWith(progress), Start);

        var gauge = Assert.Single(meter.Measure(RunWith(progress with { Observed = 100, Planned = 40, ToApply = 80, Applied = 0 }), Start.AddSeconds(10)));

        Assert.Equal(0.5, gauge.Share);
        Assert.Equal(TimeSpan.FromSeconds(10), gauge.Left);
    }

    [Fact]
    public void Measure_StageDone_IsWholeWithNothingLeft()
    {
        var progress = new StageProgress { Stage = Entity.Company, Expected = 10, Observed = 10, Planned = 10, ToApply = 4, Applied = 4, Done = true };

        var gauge = Assert.Single(new StageMeter().Measure(RunWith(progress), Start));

        Assert.Equal((1.0, true, null, 10L), (gauge.Share, gauge.Done, gauge.Left, gauge.Settled));
    }

    [Fact]
    public void Measure_EmptyStage_IsNotDividedByNothing()
    {
        var gauge = Assert.Single(new StageMeter().Measure(RunWith(new StageProgress { Stage = Entity.Company, Expected = 0 }), Start));

        Assert.Equal(0, gauge.Share);
    }

    private static Run RunWith(StageProgress? progress) => new()
    {
        Id = new RunId("r"),
        Tenant = new TenantId("t"),
        Kind = RunKind.Import,
        Stages = [Entity.Company],
        StartedAt = Start,
        Progress = new RunProgress { Stages = progress is null ? [] : [progress] },
    };
}
