using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>Starting by hand, approving plans, and releasing invitations.</summary>
public sealed class EmployeeServiceTests
{
    private static readonly EmployeeSettings Enabled = new() { Enabled = true, MemberTypes = null, Mail = Mail };

    private readonly EmployeeWorld _world = new();
    private readonly EmployeeSyncService _syncs;
    private readonly InvitationService _invitations;
    private int _ids;

    public EmployeeServiceTests()
    {
        _syncs = new EmployeeSyncService(_world.Setup.Setups, _world.Runs, new AtOnce(_world), _world.Time, _ => new RunId($"run-s{++_ids:000}"));
        _invitations = new InvitationService(_world.Setup.Links, _world.Invitations, _world.Setup.Setups, _syncs, _world.Time);
    }

    [Fact]
    public async Task Start_NotSavedOrNotEnabled_IsRefused_EM2()
    {
        Assert.Equal("employees-not-saved", (await _syncs.StartAsync(Acme, new EmployeeOrder(), default)).Refusal?.Code);
        await _world.With(Member(1)).SetAsync(Enabled with { Enabled = false });
        Assert.Equal("sync-not-enabled", (await _syncs.StartAsync(Acme, new EmployeeOrder(), default)).Refusal?.Code);

        var planned = (await _syncs.StartAsync(Acme, new EmployeeOrder { DryRun = true }, default)).Value!;

        Assert.Equal(RunState.Completed, (await _world.Runs.FindAsync(Acme, planned.Id, default))!.State);
    }

    [Fact]
    public async Task Start_WhileOneIsAtWork_IsRefusedWithItsId_IM8()
    {
        await _world.SetAsync(Enabled);
        var running = await _world.BeginAsync(new EmployeeOrder());

        var refused = (await _syncs.StartAsync(Acme, new EmployeeOrder(), default)).Refusal;

        Assert.Equal(("sync-running", running.Value), (refused?.Code, refused?.Details["run"]));
    }

    [Fact]
    public async Task Start_WhileAnImportIsAtWork_IsAccepted_IM8()
    {
        await _world.With(Member(1)).SetAsync(Enabled);
        var import = new Run { Id = new("i1"), Tenant = Acme, Kind = RunKind.Import, Stages = [], StartedAt = _world.Time.GetUtcNow() };
        await _world.Runs.TryBeginAsync(import, default);

        Assert.True((await _syncs.StartAsync(Acme, new EmployeeOrder(), default)).Succeeded);
    }

    [Fact]
    public async Task Apply_ByItsHash_DoesThePlan_PL1()
    {
        await _world.With(Member(1)).SetAsync(Enabled);
        var plan = (await _syncs.StartAsync(Acme, new EmployeeOrder { DryRun = true }, default)).Value!.Id;
        var hash = (await _syncs.HashAsync(Acme, plan, default))!;

        var applied = (await _syncs.ApplyAsync(Acme, plan, hash, default)).Value!;

        Assert.Equal((plan, 1), (applied.Employees!.Plan, _world.Directory.Created));
        Assert.Equal(hash, await _syncs.HashAsync(Acme, applied.Id, default));
    }

    [Fact]
    public async Task Apply_ASecondTime_IsRefused_PL3()
    {
        await _world.With(Member(1)).SetAsync(Enabled);
        var plan = (await _syncs.StartAsync(Acme, new EmployeeOrder { DryRun = true }, default)).Value!.Id;
        var hash = (await _syncs.HashAsync(Acme, plan, default))!;
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        var given = (await _syncs.ApplyAsync(Acme, plan, hash, default)).Value!;

        // One that came to nothing has used nothing up.
        await _world.Runs.UpdateAsync((await _world.Runs.FindAsync(Acme, given.Id, default))! with { State = RunState.Failed }, default);
        Assert.True((await _syncs.ApplyAsync(Acme, plan, hash, default)).Succeeded);
        Assert.Equal("plan-not-applicable", (await _syncs.ApplyAsync(Acme, plan, hash, default)).Refusal?.Code);
    }

    [Fact]
    public async Task Apply_OfWhatCannotBe_IsRefused_PL1()
    {
        await _world.With(Member(1)).SetAsync(Enabled);
        var done = (await _syncs.StartAsync(Acme, new EmployeeOrder(), default)).Value!.Id;
        var plan = (await _syncs.StartAsync(Acme, new EmployeeOrder { DryRun = true }, default)).Value!.Id;
        var hash = (await _syncs.HashAsync(Acme, plan, default))!;

        Assert.Equal("run-unknown", (await _syncs.ApplyAsync(Acme, new("none"), hash, default)).Refusal?.Code);
        Assert.Equal("plan-not-applicable", (await _syncs.ApplyAsync(Acme, done, hash, default)).Refusal?.Code);
        Assert.Equal("plan-changed", (await _syncs.ApplyAsync(Acme, plan, new string('0', 64), default)).Refusal?.Code);
        Assert.Equal("run-unknown", (await _syncs.ApplyAsync(new("beta"), plan, hash, default)).Refusal?.Code);
        _world.Time.Advance(TimeSpan.FromDays(8));
        Assert.Equal("plan-expired", (await _syncs.ApplyAsync(Acme, plan, hash, default)).Refusal?.Code);
        var running = await _world.BeginAsync(new EmployeeOrder { DryRun = true });
        Assert.Equal("plan-not-ready", (await _syncs.ApplyAsync(Acme, running, hash, default)).Refusal?.Code);
    }

    [Fact]
    public async Task Release_All_SendsOnceAndNeverAgain_EM7()
    {
        await SyncedAsync(2);

        var first = (await _invitations.ReleaseAsync(Acme, new InvitationRelease(), default)).Value!;
        var second = (await _invitations.ReleaseAsync(Acme, new InvitationRelease { Employees = [.. first.Released, new("none")] }, default)).Value!;

        Assert.Equal((2, 0, true), (first.Released.Count, first.Left.Count, first.Run is not null));
        Assert.Equal((0, 3), (second.Released.Count, second.Left.Count));
        Assert.Equal(2, _world.Sender.Sent.Count);
    }

    [Fact]
    public async Task Release_OfTheInactive_SendsNothing_EM7_EM9()
    {
        await SyncedAsync(2);
        await _world.SetAsync(Enabled with { DeactivateLeavers = true });
        await _world.With(Member(1, inactive: true, updated: 1)).SyncAsync();

        var all = (await _invitations.ReleaseAsync(Acme, new InvitationRelease(), default)).Value!;
        var named = (await _invitations.ReleaseAsync(Acme, new InvitationRelease { Employees = all.Left }, default)).Value!;

        Assert.Equal((1, 1, 0), (all.Released.Count, all.Left.Count, named.Released.Count));
        Assert.Equal("m2@example.com", Assert.Single(_world.Sender.Sent).To);
    }

    [Fact]
    public async Task Release_OfUnknown_NeedsTheExplicitWordAndTime_EM7()
    {
        await SyncedAsync(1);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Unknown);
        await _invitations.ReleaseAsync(Acme, new InvitationRelease(), default);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Accepted);

        Assert.Empty((await _invitations.ReleaseAsync(Acme, new InvitationRelease(), default)).Value!.Released);
        Assert.Empty((await _invitations.ReleaseAsync(Acme, new InvitationRelease { Unknown = true }, default)).Value!.Released);
        _world.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Single((await _invitations.ReleaseAsync(Acme, new InvitationRelease { Unknown = true }, default)).Value!.Released);

        Assert.Equal(2, _world.Sender.Sent.Count);
    }

    [Fact]
    public async Task Release_WithoutAMailServer_IsRefused()
    {
        await _world.SetAsync(Enabled with { Mail = null });

        Assert.Equal("mail-missing", (await _invitations.ReleaseAsync(Acme, new InvitationRelease(), default)).Refusal?.Code);
    }

    [Fact]
    public async Task Redeem_OfALink_WorksOnce_EM7()
    {
        await SyncedAsync(1);
        await _invitations.ReleaseAsync(Acme, new InvitationRelease(), default);
        var token = _world.Sender.Sent[0].Text.Split("t=")[1].Split('\n')[0];

        Assert.Equal("m1@example.com", (await _invitations.RedeemAsync(Acme, token, default)).Value!.Email);
        Assert.Equal("token-unknown", (await _invitations.RedeemAsync(Acme, token, default)).Refusal?.Code);
        Assert.Equal(InvitationState.Redeemed, (await _invitations.EmployeesAsync(Acme, new IdRange(0, null), default))[0].Invitation);
    }

    private async Task SyncedAsync(int members)
    {
        await _world.With([.. Enumerable.Range(1, members).Select(id => Member(id))]).SetAsync(Enabled);
        await _world.SyncAsync();
        Assert.Empty(_world.Sender.Sent);
    }
}
