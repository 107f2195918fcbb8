using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Resuming;
using CrmSync.EndToEnd.Support;
using CrmSync.Storage.Sqlite;

namespace CrmSync.EndToEnd.Cancelling;

/// <summary>IM-5: an import that is asked to stop in the middle of any stage.</summary>
public sealed class CancelTests(Template template) : IClassFixture<Template>
{
    public static TheoryData<string> StageNames => [.. Stages.All.Select(Stages.NameOf)];

    [Theory]
    [MemberData(nameof(StageNames))]
    public Task Import_CancelledBeforeAStageIsWritten_StopsAndTheNextOneEndsAsUndisturbed_IM5(string stage) =>
        CancelAsync(call => call is { Port: nameof(ICrm), Method: nameof(ICrm.WriteAsync), Done: false } && IsOf(call, 0, stage));

    [Theory]
    [MemberData(nameof(StageNames))]
    public Task Import_CancelledBetweenRecordAndLink_StopsAndTheNextOneEndsAsUndisturbed_IM5(string stage) =>
        CancelAsync(call => call is { Port: nameof(ICrm), Method: nameof(ICrm.WriteAsync), Done: true } && IsOf(call, 0, stage));

    [Theory]
    [MemberData(nameof(StageNames))]
    public Task Import_CancelledAfterAStagesLinks_StopsAndTheNextOneEndsAsUndisturbed_IM5(string stage) =>
        CancelAsync(call => call is { Port: nameof(ILinkStore), Method: nameof(ILinkStore.WriteAsync), Done: true } && IsOf(call, 1, stage));

    [Theory]
    [MemberData(nameof(StageNames))]
    public Task Import_CancelledWhileAStageIsRead_StopsAndTheNextOneEndsAsUndisturbed_IM5(string stage) =>
        CancelAsync(
            _ => false,
            effect => effect is { Name: "import-observe", Moment: EffectMoment.Done } && effect.Key.StartsWith(stage, StringComparison.Ordinal));

    private static bool IsOf(PortCall call, int argument, string stage) => call.Arguments[argument] is Entity entity && Stages.NameOf(entity) == stage;

    private async Task CancelAsync(Func<PortCall, bool> atPort, Func<WorkflowEffect, bool>? atEffect = null)
    {
        using var folder = template.Copy();
        Engine engine = null!;
        RunId? asked = null;
        var taps = new EngineTaps
        {
            Effect = effect =>
            {
                if (atEffect?.Invoke(effect) == true)
                {
                    Ask(effect.Run).GetAwaiter().GetResult();
                }
            },
            Port = async call =>
            {
                if (asked is null && atPort(call))
                {
                    await Ask((await engine.Get<IRunStore>().ListAsync(Template.Tenant, null, 1, CancellationToken.None))[0].Id);
                    await ReachedAsync((CancellationToken)call.Arguments[^1]!);
                }
            },
        };
        engine = await Engine.OpenAsync(folder.Path, taps);
        await using (engine)
        {
            var run = await engine.WhenEndedAsync(Template.Tenant, await engine.StartAsync(Template.Tenant));
            await AssertStoppedAsync(engine, run);
        }

        await using var next = await Engine.OpenAsync(folder.Path);
        var completed = await next.WhenEndedAsync(Template.Tenant, await next.StartAsync(Template.Tenant));
        Assert.Equal(RunState.Completed, completed.State);
        FinalState.AssertSameRecords(template.Undisturbed, await next.StateAsync(Template.Tenant, completed), $"after {asked}");

        Task Ask(RunId id)
        {
            asked = id;
            return engine.Workflows.CancelAsync(Template.Tenant, id, CancellationToken.None);
        }
    }

    // The step at work has been told.
    private static async Task ReachedAsync(CancellationToken cancellation)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(reached.SetResult);
        await reached.Task;
    }

    // What is done is done on both sides, and the report says how far it went.
    private static async Task AssertStoppedAsync(Engine engine, Run run)
    {
        Assert.Equal(RunState.Cancelled, run.State);
        Assert.Equal(Stages.All.Select(Stages.NameOf), run.Report!.Stages.Select(stage => stage.Stage));
        Assert.All(run.Report.Stages, stage => Assert.Equal(stage.Read, stage.Accounted()));
        var state = await engine.StateAsync(Template.Tenant, run);
        foreach (var entity in Stages.All)
        {
            var links = await LinkExport.ReadAsync(engine.Get<ILinkStore>(), Template.Tenant, entity);
            Assert.All(links, link => Assert.NotNull(state.Export.Find(entity, link.Crm)?.Record.ExternalKey));
        }
    }
}
