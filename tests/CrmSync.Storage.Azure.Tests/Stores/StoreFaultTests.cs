using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Storage.Azure.Tests.Stores;

/// <summary>Runs, set-ups, tenants and backups with answers lost, rows that outgrow a property, and names that look like others.</summary>
[NeedsAzurite]
public sealed class StoreFaultTests : IAsyncLifetime
{
    private static readonly TenantId Acme = new("acme");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly AzureSpace _space = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Runs_AnswersLost_AreAsIfTheyHadCome() // F2, IM-8
    {
        await _space.OpenAsync();
        var runs = (await _space.OpenAsync(null, LostAnswers.FirstOfEachWrite())).Runs;

        Assert.Null(await runs.TryBeginAsync(Run("r1"), default));
        Assert.Equal("r1", (await runs.TryBeginAsync(Run("r2"), default))?.Id.Value);

        runs = (await _space.OpenAsync(null, LostAnswers.FirstOfEachWrite())).Runs;
        await runs.UpdateAsync(Run("r1") with { State = RunState.Completed, EndedAt = Noon }, default);
        Assert.Equal(RunState.Completed, (await runs.FindAsync(Acme, new RunId("r1"), default))?.State);
        Assert.Null(await runs.TryBeginAsync(Run("r2"), default));
    }

    [Fact]
    public async Task Update_ChangedBetweenReadAndWrite_IsReadAgain() // 412
    {
        var other = (await _space.OpenAsync()).Runs;
        await other.TryBeginAsync(Run("r1"), default);
        var runs = (await _space.OpenAsync(null, new BeforeRequest(
            BeforeRequest.IsTransaction, () => other.UpdateAsync(Run("r1") with { State = RunState.Cancelling }, default)))).Runs;

        await runs.UpdateAsync(Run("r1") with { Progress = Large(1) }, default);

        var run = await other.FindAsync(Acme, new RunId("r1"), default);
        Assert.Equal((RunState.Cancelling, 1), (run!.State, run.Progress.Stages.Count));
    }

    [Fact]
    public async Task Runs_LargerThanAProperty_AreListed() // F44
    {
        var runs = (await _space.OpenAsync()).Runs;
        foreach (var i in Enumerable.Range(1, 3))
        {
            var run = Run($"r{i}") with { Progress = Large(1_000) };
            await runs.TryBeginAsync(run, default);
            await runs.UpdateAsync(run with { State = RunState.Completed, EndedAt = Noon, Progress = Large(2_000) }, default);
        }

        var listed = await runs.ListAsync(Acme, null, 10, default);

        Assert.Equal([("r3", 2_000), ("r2", 2_000), ("r1", 2_000)], listed.Select(run => (run.Id.Value, run.Progress.Stages.Count)));
    }

    [Fact]
    public async Task List_MoreThanAPage_IsWhole()
    {
        var runs = (await _space.OpenAsync()).Runs;
        foreach (var i in Enumerable.Range(0, 1_005))
        {
            await runs.TryBeginAsync(Run($"r{i:D5}") with { State = RunState.Completed, EndedAt = Noon }, default);
        }

        var listed = await runs.ListAsync(Acme, null, 5_000, default);

        Assert.Equal(Enumerable.Range(0, 1_005).Reverse().Select(i => $"r{i:D5}"), listed.Select(run => run.Id.Value));
    }

    [Fact]
    public async Task Prune_RunWhoseIdBeginsAnothers_LeavesTheOther()
    {
        var runs = (await _space.OpenAsync()).Runs;
        RunId[] ids = [new("r"), new("r_company"), new("r/x"), new("r "), new("rr")];
        var targets = Enumerable.Range(1, 300).ToDictionary(i => new ConnectWiseId(i * 100), i => new LinkTarget(new CrmId($"c{i}"), i));
        foreach (var id in ids)
        {
            await runs.PlanLinksAsync(Acme, id, Entity.Company, targets, default);
        }

        await Task.WhenAll(runs.PruneAsync(Acme, ids[0], default), runs.PruneAsync(Acme, ids[0], default));

        foreach (var id in ids)
        {
            var left = await runs.FindPlannedLinksAsync(Acme, id, Entity.Company, targets.Keys, default);
            Assert.Equal(id == ids[0] ? 0 : 300, left.Count);
        }
    }

    [Fact]
    public async Task Setups_AnswersLost_AreAsIfTheyHadCome() // F2
    {
        var setups = (await _space.OpenAsync(null, LostAnswers.FirstOfEachWrite())).Setups;

        Assert.True(await setups.TryWriteAsync(Acme, new TenantSetup(), default));
        Assert.True(await setups.TryWriteAsync(Acme, new TenantSetup { Version = 1, Users = Users(5_000) }, default));
        Assert.False(await setups.TryWriteAsync(Acme, new TenantSetup { Version = 1 }, default));

        var stored = await setups.ReadAsync(Acme, default);
        Assert.Equal((2, 5_000), (stored.Version, stored.Users!.Types.Count));
    }

    [Fact]
    public async Task Tenants_AnswersLost_AreAsIfTheyHadCome() // F2
    {
        var tenants = (await _space.OpenAsync(null, LostAnswers.FirstOfEachWrite())).Tenants;
        var key = new AccessKey("k1", "hash", Acme, "for the tests", Noon);

        Assert.True(await tenants.TryAddAsync(new Tenant(Acme, "Acme", Noon), default));
        Assert.False(await tenants.TryAddAsync(new Tenant(Acme, "Acme", Noon), default));
        await tenants.AddKeyAsync(key, default);
        Assert.Equal(key, await tenants.FindKeyAsync("hash", default));
        Assert.True(await tenants.RemoveKeyAsync(Acme, "k1", default));
        Assert.Null(await tenants.FindKeyAsync("hash", default));
    }

    [Fact]
    public async Task Backups_AnswersLost_KeepWhatWasStored() // F2, ME-7
    {
        var backups = (await _space.OpenAsync(null, LostAnswers.FirstOfEachWrite())).Backups;
        var record = new BackupRecord(Side.Crm, Entity.Company, "1", null, new FieldValues { [FieldKeys.Name] = "Before" });

        await backups.WriteAsync(Acme, new RunId("r1"), new BackupName(Entity.Company, 0, 0), [record], default);

        var read = await backups.ReadAsync(Acme, new RunId("r1"), default).ToListAsync();
        Assert.Equal(CoreJson.Serialize(record), CoreJson.Serialize(Assert.Single(read)));
    }

    private static Run Run(string id) => new() { Id = new RunId(id), Tenant = Acme, Kind = RunKind.Import, Stages = [Entity.Company], StartedAt = Noon };

    private static RunProgress Large(int stages) => new() { Stages = [.. Enumerable.Repeat(new StageProgress { Stage = Entity.Company }, stages)] };

    private static UsersSettings Users(int types) => new() { Types = [.. Enumerable.Range(1, types).Select(i => new TypeMapping(i, $"Role {i}"))] };
}
