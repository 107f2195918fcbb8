using CrmSync.Core.Runs;
using CrmSync.EndToEnd.Accounting;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Repeating;

/// <summary>IM-7: a dry run tells everything and touches nothing.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private const int Seed = 733;

    private World _world = null!;

    public async Task InitializeAsync() => _world = await World.ReadyAsync(Accounts.Middle(Seed));

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task DryRun_OfTheFirstImport_WritesNothingAndPlansWhatTheImportDoes_IM7()
    {
        var before = await _world.ExportAsync();
        var links = await ImportedAccount.LinksAsync(_world);

        var planned = await _world.ImportAsync(dryRun: true);
        var plan = await _world.LogOfAsync(planned);

        Assert.Equal((RunState.Completed, 0), (planned.State, planned.Report!.Writes));
        Assert.Equal(before.Exact(), (await _world.ExportAsync()).Exact());
        Assert.Equal(links, await ImportedAccount.LinksAsync(_world));
        Assert.Empty(await _world.PagesAsync<Core.Ports.BackupSummary>("backups"));

        var done = await _world.ImportAsync();
        var log = await _world.LogOfAsync(done);

        Assert.Equal(Core.CoreJson.Serialize(planned.Report.Stages), Core.CoreJson.Serialize(done.Report!.Stages));
        Assert.Equal(plan.Keys.ToHashSet(), log.Keys.ToHashSet());
        Assert.All(plan.Values, line => Assert.Equal(Line(line), Line(log[(line.Entity, line.Id.Value)])));
    }

    [Fact]
    public async Task DryRun_BeforeAnyImport_LetsNoStageBeAskedForAlone_IM2_IM7()
    {
        await _world.ImportAsync(dryRun: true);

        var refused = await Assert.ThrowsAsync<Standalone.Client.ApiException>(() => _world.ImportAsync("contacts"));

        Assert.Equal((409, "companies"), (refused.Problem.Status, refused.Detail("stage")));
    }

    // What the plan could not know yet is the id of a record to be created.
    private static string Line(RecordLogEntry line) => Core.CoreJson.Serialize(line with
    {
        Crm = line.Outcome == Outcome.Created ? null : line.Crm,
        Changes = [.. line.Changes.Select(change => IsPlanned(change) ? change with { After = "" } : change)],
    });

    private static bool IsPlanned(FieldChange change) => change.After?.StartsWith("planned:", StringComparison.Ordinal) == true;
}
