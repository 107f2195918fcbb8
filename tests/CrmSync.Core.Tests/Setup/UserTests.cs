using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Core.Tests.Setup;

public sealed class UserTests
{
    private readonly SetupWorld _world = new();

    [Fact]
    public async Task SaveUsers_SameAddressOnBothSides_Links_SU3()
    {
        _world.AddMember(1, "Ann@Example.com");
        _world.Crm.AddUser("u1", "ann@example.com ");
        await _world.SaveUpToAsync(SetupStep.Connection);

        var saved = await _world.SaveAsync(SetupStep.Users);

        Assert.Equal(new UserLink(new(1), new("u1")), saved.Value!.Users!.Linked.Single());
        Assert.Equal("u1", (await _world.Links.FindAsync(SetupWorld.Acme, Entity.User, new(1), default))!.Crm.Value);
    }

    [Fact]
    public async Task LinkUsers_Again_ChangesNothing_SU3()
    {
        _world.AddMember(1, "ann@example.com");
        _world.Crm.AddUser("u1", "ann@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);

        var report = (await _world.Service.LinkUsersAsync(SetupWorld.Acme, default)).Value!;

        Assert.Empty(report.Linked);
        Assert.Equal(1, report.LinkedBefore);
    }

    [Fact]
    public async Task LinkUsers_AddressNotUnique_ReportedAndNotLinked_SU3()
    {
        _world.AddMember(1, "shared@example.com");
        _world.AddMember(2, "SHARED@example.com");
        _world.AddMember(3, "twice@example.com");
        _world.Crm.AddUser("u1", "shared@example.com");
        _world.Crm.AddUser("u2", "twice@example.com");
        _world.Crm.AddUser("u3", "twice@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);

        var report = (await _world.Service.LinkUsersAsync(SetupWorld.Acme, default)).Value!;

        Assert.Equal(2, report.Ambiguous.Count);
        Assert.Equal([new ConnectWiseId(1), new ConnectWiseId(2)], report.Ambiguous[0].Members);
        Assert.Equal([new CrmId("u2"), new CrmId("u3")], report.Ambiguous[1].Users);
        Assert.Equal(0, await _world.Links.CountAsync(SetupWorld.Acme, Entity.User, default));
    }

    [Fact]
    public async Task LinkUsers_OldLoginOfTheSameAddress_LinksTheActiveOne_SU3()
    {
        _world.AddMember(1, "ann@example.com", inactive: true);
        _world.AddMember(2, "ann@example.com");
        _world.Crm.AddUser("u1", "ann@example.com");

        await _world.SaveUpToAsync(SetupStep.Users);

        Assert.Equal(new ConnectWiseId(2), (await _world.Links.FindByCrmAsync(SetupWorld.Acme, Entity.User, [new("u1")], default)).Values.Single());
    }

    [Fact]
    public async Task LinkUsers_TypeNotChosenOrNoAddress_NotLinked_SU3()
    {
        _world.AddMember(1, "ann@example.com", type: 2);
        _world.AddMember(2, null);
        _world.Crm.AddUser("u1", "ann@example.com");
        _world.Crm.AddUser("u2", null);

        await _world.SaveUpToAsync(SetupStep.Users);

        Assert.Equal(0, await _world.Links.CountAsync(SetupWorld.Acme, Entity.User, default));
    }

    [Fact]
    public async Task Invite_ChosenMembers_InvitesEachOnce_SU4()
    {
        _world.AddMember(1, "ann@example.com");
        _world.AddMember(2, "bob@example.com");
        _world.AddMember(3, "cid@example.com");
        _world.AddMember(4, "not-asked@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);

        var first = await InviteAsync(1, 2, 3, 1);
        var second = await InviteAsync(2, 3);

        Assert.Equal([InvitationOutcome.Invited, InvitationOutcome.Invited, InvitationOutcome.Invited], first.Select(answer => answer.Outcome));
        Assert.Equal([InvitationOutcome.AlreadyInvited, InvitationOutcome.AlreadyInvited], second.Select(answer => answer.Outcome));
        Assert.Equal(3, _world.Crm.Sent.Count);
        Assert.Equal(("ann@example.com", "Salesperson", "cw:acme:user:1"), (_world.Crm.Sent[0].Email, _world.Crm.Sent[0].Role, _world.Crm.Sent[0].ExternalKey));
    }

    [Fact]
    public async Task Invite_Linked_SendsNothing_SU4()
    {
        _world.AddMember(1, "ann@example.com");
        _world.Crm.AddUser("u1", "ann@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);

        Assert.Equal((InvitationOutcome.AlreadyLinked, "u1"), ((await InviteAsync(1)).Single().Outcome, (await InviteAsync(1)).Single().Crm!.Value.Value));
        Assert.Empty(_world.Crm.Sent);
    }

    [Fact]
    public async Task Invite_UserCameInBetween_LinksInsteadOfInviting_SU4()
    {
        _world.AddMember(1, "ann@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);
        _world.Crm.AddUser("u1", "ANN@example.com");

        Assert.Equal(InvitationOutcome.AlreadyLinked, (await InviteAsync(1)).Single().Outcome);
        Assert.NotNull(await _world.Links.FindAsync(SetupWorld.Acme, Entity.User, new(1), default));
    }

    [Fact]
    public async Task Invite_InvitedUserDeletedInTheCrm_InvitesAnew()
    {
        _world.AddMember(1, "ann@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);
        await InviteAsync(1);
        _world.Crm.Users.Clear();

        Assert.Equal(InvitationOutcome.Invited, (await InviteAsync(1)).Single().Outcome);
    }

    [Fact]
    public async Task Invite_WhoCannotBe_RefusedForThatMemberAlone_SU4()
    {
        _world.AddMember(1, "gone@example.com", inactive: true);
        _world.AddMember(2, "eng@example.com", type: 2);
        _world.AddMember(3, " ");
        _world.AddMember(4, "same@example.com");
        _world.AddMember(5, "same@example.com");
        _world.AddMember(6, "full@example.com");
        _world.AddMember(7, "fine@example.com");
        _world.Crm.Refuses.Add("full@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);

        var answers = await InviteAsync(1, 2, 3, 4, 5, 6, 7, 8);

        Assert.Equal(
            ["member-inactive", "member-not-chosen", "member-without-address", "address-ambiguous", "address-ambiguous", "crm-refused", null, "member-unknown"],
            answers.Select(answer => answer.Code));
        Assert.Equal("There is no seat left.", answers[5].Message);
        Assert.Equal(InvitationOutcome.Invited, answers[6].Outcome);
    }

    [Fact]
    public async Task Invite_UsersNotSavedOrNobodyNamed_Refused_SU1()
    {
        await _world.SaveUpToAsync(SetupStep.Connection);
        Assert.Equal("users", (await _world.Service.InviteAsync(SetupWorld.Acme, [new(1)], default)).Refusal!.Details["step"]);
        Assert.Equal("users", (await _world.Service.LinkUsersAsync(SetupWorld.Acme, default)).Refusal!.Details["step"]);
        await _world.SaveAsync(SetupStep.Users);
        Assert.Equal("members-missing", (await _world.Service.InviteAsync(SetupWorld.Acme, [], default)).Refusal!.Code);
    }

    [Fact]
    public async Task Members_EachState_Shown_SU4()
    {
        _world.AddMember(1, "ann@example.com");
        _world.AddMember(2, "bob@example.com");
        _world.AddMember(3, "cid@example.com", type: 2);
        _world.Crm.AddUser("u1", "ann@example.com");
        await _world.SaveUpToAsync(SetupStep.Users);
        await InviteAsync(2);

        var members = (await _world.Service.MembersAsync(SetupWorld.Acme, default)).Value!.Members;

        Assert.Equal([MemberState.Linked, MemberState.Invited, MemberState.NotLinked], members.Select(member => member.State));
        Assert.Equal([true, true, false], members.Select(member => member.Chosen));
        Assert.Equal(["Salesperson", "Salesperson", null], members.Select(member => member.Role));
    }

    private async Task<IReadOnlyList<InvitationResult>> InviteAsync(params long[] members) =>
        (await _world.Service.InviteAsync(SetupWorld.Acme, [.. members.Select(id => new ConnectWiseId(id))], default)).Value!.Members;
}
