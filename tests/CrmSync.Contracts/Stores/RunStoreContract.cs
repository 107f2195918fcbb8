using System.Text;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every run store holds.</summary>
public abstract class RunStoreContract : StoreContract<IRunStore>
{
    private static readonly PartName Part = new(PartKind.Plan, Entity.Company, 0);

    [Fact]
    public async Task TryBegin_NoneUnderWay_Stores()
    {
        var run = Run(Acme, "r1") with { DryRun = true, Progress = Progress(5) with { Forecast = new RunForecast(1, 2.5, 0.25) } };

        Assert.Null(await Store.TryBeginAsync(run, default));

        Assert.Equal(CoreJson.Serialize(run), CoreJson.Serialize(await Store.FindAsync(Acme, run.Id, default)));
    }

    [Fact]
    public async Task TryBegin_OneUnderWay_AnswersItAndStoresNothing() // IM-8
    {
        await Store.TryBeginAsync(Run(Acme, "r1"), default);

        var running = await Store.TryBeginAsync(Run(Acme, "r2"), default);

        Assert.Equal("r1", running?.Id.Value);
        Assert.Null(await Store.FindAsync(Acme, new RunId("r2"), default));
    }

    [Fact]
    public async Task TryBegin_OneOfAnotherKindUnderWay_Stores() // IM-8
    {
        await Store.TryBeginAsync(Run(Acme, "r1"), default);
        var sync = Run(Acme, "r2") with { Kind = RunKind.EmployeeSync, Employees = new() { DryRun = true, Member = new(7) } };

        Assert.Null(await Store.TryBeginAsync(sync, default));

        Assert.Equal(CoreJson.Serialize(sync), CoreJson.Serialize(await Store.FindAsync(Acme, sync.Id, default)));
        Assert.Equal("r2", (await Store.TryBeginAsync(sync with { Id = new("r3") }, default))?.Id.Value);
        Assert.Equal("r1", (await Store.TryBeginAsync(Run(Acme, "r4"), default))?.Id.Value);
        await Store.UpdateAsync(sync with { State = RunState.Stopped, EndedAt = Noon }, default);
        Assert.Null(await Store.TryBeginAsync(sync with { Id = new("r5") }, default));
        Assert.Equal("r1", (await Store.TryBeginAsync(Run(Acme, "r6"), default))?.Id.Value);
    }

    [Fact]
    public async Task TryBegin_ManyAtOnce_OneBegins() // IM-8
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Store.TryBeginAsync(Run(Acme, $"r{i:00}"), default))));

        Assert.Single(answers, answer => answer is null);
        var begun = Assert.Single(await Store.ListAsync(Acme, null, 100, default));
        Assert.All(answers, answer => Assert.True(answer is null || answer.Id == begun.Id));
    }

    [Theory]
    [InlineData(RunState.Completed)]
    [InlineData(RunState.Cancelled)]
    [InlineData(RunState.Failed)]
    [InlineData(RunState.Stopped)]
    public async Task TryBegin_AfterTheOtherEnded_Stores(RunState end)
    {
        await Store.TryBeginAsync(Run(Acme, "r1"), default);
        await Store.UpdateAsync(Run(Acme, "r1") with { State = end, EndedAt = Noon }, default);

        Assert.Null(await Store.TryBeginAsync(Run(Acme, "r2"), default));
    }

    [Fact]
    public async Task TryBegin_OtherIsStopping_AnswersIt() // IM-8
    {
        await Store.TryBeginAsync(Run(Acme, "r1"), default);
        await Store.UpdateAsync(Run(Acme, "r1") with { State = RunState.Cancelling }, default);

        Assert.Equal("r1", (await Store.TryBeginAsync(Run(Acme, "r2"), default))?.Id.Value);
    }

    [Fact]
    public async Task Update_Everything_IsReadBack()
    {
        await Store.TryBeginAsync(Run(Acme, "r1"), default);
        var ended = Run(Acme, "r1") with
        {
            State = RunState.Failed,
            EndedAt = Noon.AddMinutes(1),
            Progress = Progress(99),
            Failure = new RunFailure("unauthorized", "Zoë 🚀 said no.", "Ask her."),
            Report = new RunReport
            {
                Stages = [new StageReport { Stage = "companies", Read = 3, Skipped = new Dictionary<string, long> { ["inactive"] = 2 } }],
                Writes = 1,
                ConnectWiseRequests = 12,
                Seconds = 1.5,
                FloorSeconds = 0.5,
            },
        };

        await Store.UpdateAsync(ended, default);

        Assert.Equal(CoreJson.Serialize(ended), CoreJson.Serialize(await Store.FindAsync(Acme, ended.Id, default)));
    }

    [Fact]
    public async Task Update_StoppingRunByOneWhoDoesNotKnow_StaysStopping()
    {
        await Store.TryBeginAsync(Run(Acme, "r1"), default);
        await Store.UpdateAsync(Run(Acme, "r1") with { State = RunState.Cancelling }, default);

        await Store.UpdateAsync(Run(Acme, "r1") with { Progress = Progress(7) }, default);

        var run = await Store.FindAsync(Acme, new RunId("r1"), default);
        Assert.Equal(RunState.Cancelling, run?.State);
        Assert.Equal(7, Assert.Single(run!.Progress.Stages).Observed);
    }

    [Theory]
    [InlineData(RunState.Running)]
    [InlineData(RunState.Cancelling)]
    public async Task Update_EndedRunByOneWhoDoesNotKnow_StaysEnded(RunState late) // IM-8
    {
        var ended = Run(Acme, "r1") with { State = RunState.Completed, EndedAt = Noon, Progress = Progress(9) };
        await Store.TryBeginAsync(Run(Acme, "r1"), default);
        await Store.UpdateAsync(ended, default);
        Assert.Null(await Store.TryBeginAsync(Run(Acme, "r2"), default));

        await Store.UpdateAsync(Run(Acme, "r1") with { State = late, Progress = Progress(7) }, default);

        Assert.Equal(CoreJson.Serialize(ended), CoreJson.Serialize(await Store.FindAsync(Acme, ended.Id, default)));
        Assert.Equal("r2", (await Store.TryBeginAsync(Run(Acme, "r3"), default))?.Id.Value);
    }

    [Fact]
    public async Task List_Pages_NewestFirst()
    {
        foreach (var i in Enumerable.Range(1, 5))
        {
            await EndedAsync(Acme, $"r{i}");
        }

        await EndedAsync(Globex, "r9");

        Assert.Equal(["r5", "r4"], await IdsAsync(null, 2));
        Assert.Equal(["r3", "r2"], await IdsAsync("r4", 2));
        Assert.Equal(["r1"], await IdsAsync("r2", 2));
        Assert.Empty(await IdsAsync("r1", 2));
    }

    [Fact]
    public async Task Part_AnyBytes_RoundTrip()
    {
        byte[] content = [.. Encoding.UTF8.GetBytes("{\"name\":\"Zoë 🚀\"}\n"), .. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];
        await Store.WritePartAsync(Acme, Run1, Part, content, default);
        await Store.WritePartAsync(Acme, Run1, Part with { Number = 1 }, ReadOnlyMemory<byte>.Empty, default);

        Assert.Equal(content, (await ReadAsync(Acme, Run1, Part))!);
        Assert.Empty((await ReadAsync(Acme, Run1, Part with { Number = 1 }))!);
        Assert.Null(await ReadAsync(Acme, Run1, Part with { Number = 2 }));
    }

    [Fact]
    public async Task Part_WrittenTwice_IsThereOnceWithTheLastContent()
    {
        await Store.WritePartAsync(Acme, Run1, Part, "first"u8.ToArray(), default);
        await Store.WritePartAsync(Acme, Run1, Part, "second"u8.ToArray(), default);

        Assert.Equal("second"u8.ToArray(), (await ReadAsync(Acme, Run1, Part))!);
        Assert.Single(await Store.ListPartsAsync(Acme, Run1, PartKind.Plan, default));
    }

    [Fact]
    public async Task ListParts_OfOneKind_InOrderOfStageAndNumber()
    {
        PartName[] names =
        [
            new(PartKind.Plan, Entity.Contact, 0), new(PartKind.Plan, Entity.Company, 10), new(PartKind.Plan, Entity.Company, 2),
            new(PartKind.Results, Entity.Company, 1),
        ];
        foreach (var name in names)
        {
            await Store.WritePartAsync(Acme, Run1, name, "x"u8.ToArray(), default);
        }

        Assert.Equal([names[2], names[1], names[0]], await Store.ListPartsAsync(Acme, Run1, PartKind.Plan, default));
        Assert.Empty(await Store.ListPartsAsync(Acme, Run2, PartKind.Plan, default));
    }

    [Fact]
    public async Task Prune_Run_LeavesWhatTellsOfItAndOtherRuns()
    {
        foreach (var kind in Enum.GetValues<PartKind>())
        {
            await Store.WritePartAsync(Acme, Run1, Part with { Kind = kind }, "x"u8.ToArray(), default);
            await Store.WritePartAsync(Acme, Run2, Part with { Kind = kind }, "x"u8.ToArray(), default);
        }

        await PlanAsync(Acme, Run1, (1, new LinkTarget(null, null)));
        await PlanAsync(Acme, Run2, (1, new LinkTarget(null, null)));

        await Store.PruneAsync(Acme, Run1, default);
        await Store.PruneAsync(Acme, Run1, default);

        Assert.Equal([PartKind.Settings, PartKind.ReadingMap, PartKind.Plan, PartKind.Results], await KindsAsync(Run1));
        Assert.Equal(Enum.GetValues<PartKind>(), await KindsAsync(Run2));
        Assert.Empty(await PlannedAsync(Acme, Run1, 1));
        Assert.Single(await PlannedAsync(Acme, Run2, 1));
    }

    [Fact]
    public async Task PlannedLinks_Repeated_AnswerTheLast()
    {
        await PlanAsync(Acme, Run1, (1, new LinkTarget(null, 5)), (2, new LinkTarget(new CrmId("c2"), null)));
        await PlanAsync(Acme, Run1, (1, new LinkTarget(null, 5)), (2, new LinkTarget(new CrmId("c2"), null)));
        await PlanAsync(Acme, Run1, (1, new LinkTarget(new CrmId("c1"), 5)));

        var planned = await PlannedAsync(Acme, Run1, 1, 2, 3);

        Assert.Equal(2, planned.Count);
        Assert.Equal(new LinkTarget(new CrmId("c1"), 5), planned[new ConnectWiseId(1)]);
        Assert.Equal(new LinkTarget(new CrmId("c2"), null), planned[new ConnectWiseId(2)]);
        Assert.Empty(await Store.FindPlannedLinksAsync(Acme, Run1, Entity.Contact, [new ConnectWiseId(1)], default));
    }

    [Fact]
    public async Task Tenants_SameRunId_SeeNothingOfEachOther() // AX-1
    {
        await Store.TryBeginAsync(Run(Acme, Run1.Value), default);
        await Store.WritePartAsync(Acme, Run1, Part, "mine"u8.ToArray(), default);
        await PlanAsync(Acme, Run1, (1, new LinkTarget(null, null)));

        Assert.Null(await Store.FindAsync(Globex, Run1, default));
        Assert.Empty(await Store.ListAsync(Globex, null, 10, default));
        Assert.Null(await ReadAsync(Globex, Run1, Part));
        Assert.Empty(await Store.ListPartsAsync(Globex, Run1, PartKind.Plan, default));
        Assert.Empty(await PlannedAsync(Globex, Run1, 1));
        await Store.PruneAsync(Globex, Run1, default);
        Assert.Single(await PlannedAsync(Acme, Run1, 1));
        Assert.Null(await Store.TryBeginAsync(Run(Globex, Run1.Value), default));
    }

    private static Run Run(TenantId tenant, string id) =>
        new() { Id = new RunId(id), Tenant = tenant, Kind = RunKind.Import, Stages = [Entity.Company, Entity.Contact], StartedAt = Noon };

    private static RunProgress Progress(long observed) => new() { Stages = [new StageProgress { Stage = Entity.Company, Observed = observed }] };

    private async Task EndedAsync(TenantId tenant, string id)
    {
        await Store.TryBeginAsync(Run(tenant, id), default);
        await Store.UpdateAsync(Run(tenant, id) with { State = RunState.Completed, EndedAt = Noon }, default);
    }

    private async Task<IEnumerable<string>> IdsAsync(string? before, int limit) =>
        (await Store.ListAsync(Acme, before is null ? null : new RunId(before), limit, default)).Select(run => run.Id.Value);

    private async Task<List<PartKind>> KindsAsync(RunId run)
    {
        var kinds = new List<PartKind>();
        foreach (var kind in Enum.GetValues<PartKind>())
        {
            kinds.AddRange((await Store.ListPartsAsync(Acme, run, kind, default)).Select(part => part.Kind));
        }

        return kinds;
    }

    private async Task<byte[]?> ReadAsync(TenantId tenant, RunId run, PartName name)
    {
        using var content = await Store.ReadPartAsync(tenant, run, name, default);
        return content?.Memory.ToArray();
    }

    private Task PlanAsync(TenantId tenant, RunId run, params (long Id, LinkTarget Target)[] targets) =>
        Store.PlanLinksAsync(tenant, run, Entity.Company, targets.ToDictionary(pair => new ConnectWiseId(pair.Id), pair => pair.Target), default);

    private Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> PlannedAsync(TenantId tenant, RunId run, params long[] ids) =>
        Store.FindPlannedLinksAsync(tenant, run, Entity.Company, [.. ids.Select(id => new ConnectWiseId(id))], default);
}
