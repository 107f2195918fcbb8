using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Employees.Fakes;
using static CrmSync.Core.Tests.Employees.Fakes.EmployeeWorld;

namespace CrmSync.Core.Tests.Employees;

/// <summary>EM-7: who is invited, and that nobody is twice.</summary>
public sealed class InvitationTests
{
    private static readonly EmployeeSettings Automatic = new()
    {
        Enabled = true,
        MemberTypes = null,
        Status = MemberStatus.All,
        Invitations = InvitationMode.Automatically,
        Mail = Mail,
    };

    private readonly EmployeeWorld _world = new();

    [Fact]
    public async Task Automatically_NewActiveEmployeesOnly_AreInvited_EM7()
    {
        _world.Directory.Add("m2@example.com", "M2");
        await _world.With(Member(1), Member(2), Member(3, inactive: true)).SetAsync(Automatic);

        var run = await _world.SyncAsync();

        var mail = Assert.Single(_world.Sender.Sent);
        Assert.Equal(("m1@example.com", "First1 Last1", 1), (mail.To, mail.Name, run.Report!.Employees!.Invited));
        Assert.Contains($"https://people.example.com/join?t={_world.LastToken!.Text}", mail.Text, StringComparison.Ordinal);
        Assert.Contains($"https://people.example.com/join?t={_world.LastToken.Text}", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.LastToken.Text, string.Concat(_world.Invitations.All.Select(CoreJson.Serialize)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InvitationMode.Manually, false)]
    [InlineData(InvitationMode.Automatically, true)]
    public async Task ManuallyOrHeld_NobodyIsInvitedAndTheyAreListed_EM7(InvitationMode mode, bool hold)
    {
        await _world.With(Member(1)).SetAsync(Automatic with { Invitations = mode, HoldInvitations = hold });

        await _world.SyncAsync();

        Assert.Empty(_world.Sender.Sent);
        Assert.Equal(InvitationState.Waiting, Assert.Single(_world.Invitations.All).State);
    }

    [Fact]
    public async Task NotSent_IsDueAgainAndSentByTheNextRun_EM7()
    {
        await _world.With(Member(1)).SetAsync(Automatic);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.NotSent, "Busy.");
        var first = (await _world.SyncAsync()).Report!.Employees!;
        Assert.Equal((0, 1, "Busy."), (first.Invited, first.InvitationsPutOff, first.MailTrouble));
        Assert.Equal(InvitationState.Due, Assert.Single(_world.Invitations.All).State);

        _world.Sender.Answer = _ => new MailOutcome(MailFate.Accepted);
        var second = (await _world.SyncAsync()).Report!.Employees!;

        Assert.Single(_world.Sender.Sent);
        Assert.Equal((1, 0, null), (second.Invited, second.InvitationsPutOff, second.MailTrouble));
    }

    [Fact]
    public async Task NotSent_ManyInARow_AreNotAllAsked()
    {
        await _world.With([.. Enumerable.Range(1, 10).Select(id => Member(id))]).SetAsync(Automatic);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.NotSent, "Down.");

        await _world.SyncAsync();

        Assert.Equal(3, _world.Sender.Servers.Count);
        Assert.All(_world.Invitations.All, invitation => Assert.Equal(InvitationState.Due, invitation.State));
    }

    [Fact]
    public async Task Unknown_StaysUnknownAndIsListed_EM7()
    {
        await _world.With(Member(1)).SetAsync(Automatic);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Unknown, "No answer.");
        var first = await _world.SyncAsync();
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Accepted);

        var second = await _world.SyncAsync();

        Assert.Equal(["e0001"], first.Report!.Employees!.InvitationsUnknown.Select(id => id.Value));
        Assert.Equal(["e0001"], second.Report!.Employees!.InvitationsUnknown.Select(id => id.Value));
        Assert.Single(_world.Sender.Sent);
    }

    [Fact]
    public async Task Refused_IsToldAndNotTriedByItself_EM7()
    {
        await _world.With(Member(1)).SetAsync(Automatic);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Refused, "No such user.");

        var run = await _world.SyncAsync();
        await _world.SyncAsync();

        Assert.Equal((1, "No such user."), (run.Report!.Employees!.InvitationsRefused, Assert.Single(_world.Invitations.All).Error));
        Assert.Single(_world.Sender.Servers);
    }

    [Theory]
    [InlineData(MailFate.NotSent)]
    [InlineData(MailFate.Refused)]
    public async Task NotInvitedYet_WithACorrectedAddress_IsInvitedThere_EM7(MailFate first)
    {
        await _world.With(Member(1, email: "typo@example.com")).SetAsync(Automatic);
        _world.Sender.Answer = _ => new MailOutcome(first, "No such user.");
        await _world.SyncAsync();
        await _world.Invitations.TryReleaseAsync(Acme, new("e0001"), default);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Accepted);

        await _world.With(Member(1, updated: 1, more: (FieldKeys.LastName, "Married"))).SyncAsync();

        Assert.Equal(("m1@example.com", "First1 Married"), _world.Sender.Sent.Select(mail => (mail.To, mail.Name)).Single());
        Assert.Equal("m1@example.com", Assert.Single(_world.Invitations.All).Email);
    }

    [Fact]
    public async Task NotInvitedYet_AndInactive_IsInvitedOnlyWhenBack_EM7_EM9()
    {
        await _world.With(Member(1)).SetAsync(Automatic);
        _world.Sender.Answer = _ => new MailOutcome(MailFate.NotSent, "Busy.");
        await _world.SyncAsync();
        _world.Sender.Answer = _ => new MailOutcome(MailFate.Accepted);

        var left = await _world.With(Member(1, inactive: true, updated: 1)).SyncAsync();
        Assert.Equal((0, 0), (_world.Sender.Sent.Count, left.Report!.Employees!.InvitationsPutOff));
        await _world.With(Member(1, updated: 2)).SyncAsync();

        Assert.Single(_world.Sender.Sent);
    }

    [Fact]
    public async Task Returner_IsNotInvitedAgain_EM7_EM9()
    {
        await _world.With(Member(1)).SetAsync(Automatic);
        await _world.SyncAsync();
        await _world.With(Member(1, inactive: true, updated: 1)).SyncAsync();
        await _world.With(Member(1, updated: 2)).SyncAsync();

        Assert.Single(_world.Sender.Sent);
    }

    [Fact]
    public async Task Employee_CreatedInactiveAndActivatedLater_WaitsOnTheList_EM7()
    {
        await _world.With(Member(1, inactive: true)).SetAsync(Automatic);
        await _world.SyncAsync();
        Assert.Empty(_world.Invitations.All);

        await _world.With(Member(1, updated: 1)).SyncAsync();

        Assert.Equal(InvitationState.Waiting, Assert.Single(_world.Invitations.All).State);
    }

    [Fact]
    public async Task InvitationsOnly_SendsWhatIsDueAndReadsNothing()
    {
        await _world.With(Member(1)).SetAsync(Automatic with { Invitations = InvitationMode.Manually });
        await _world.SyncAsync();
        await _world.Invitations.TryReleaseAsync(Acme, new("e0001"), default);

        var run = await _world.SyncAsync(new EmployeeOrder { InvitationsOnly = true });

        Assert.Equal((RunState.Completed, 1, 1), (run.State, run.Report!.Employees!.Invited, _world.Directory.FullReads));
    }
}
