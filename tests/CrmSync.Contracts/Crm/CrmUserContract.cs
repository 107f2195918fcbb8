using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>Inviting users (SU-3, SU-4).</summary>
public abstract class CrmUserContract : CrmContract
{
    [Fact]
    public async Task Invite_NewAddress_CreatesUserAndInvitesOnce_SU4()
    {
        var invitation = await AnnAsync();

        var first = Assert.Single(await Crm.InviteAsync([invitation], None));
        var again = Assert.Single(await Crm.InviteAsync([invitation], None));

        Assert.True(first.Created);
        Assert.Null(first.Error);
        Assert.False(again.Created);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(1, await Harness.InvitationsOfAsync(Tenant, invitation.Email));
        var user = Assert.Single(await ReadAllAsync(Entity.User));
        Assert.Equal(invitation.Email, user.Fields[FieldKeys.Email]);
        Assert.Equal(invitation.Role, user.Fields[FieldKeys.Role]);
    }

    [Fact]
    public async Task Invite_AddressThereInAnotherCase_AnswersItsUser_SU3()
    {
        var user = await CreateAsync(Entity.User, new() { [FieldKeys.Email] = "Ann@Example.org", [FieldKeys.Name] = "Ann" });

        var result = Assert.Single(await Crm.InviteAsync([await AnnAsync()], None));

        Assert.Equal(user, result.Id);
        Assert.False(result.Created);
        Assert.Equal(0, await Harness.InvitationsOfAsync(Tenant, "Ann@Example.org"));
        Assert.Single(await ReadAllAsync(Entity.User));
    }

    [Fact]
    public async Task Invite_SameAddressTwiceInOneCall_InvitesOnce_SU4()
    {
        var invitation = await AnnAsync();

        var results = await Crm.InviteAsync([invitation, invitation with { Email = "ANN@example.org", ExternalKey = "cw:acme:user:2" }], None);

        Assert.Equal(results[0].Id, results[1].Id);
        Assert.Single(await ReadAllAsync(Entity.User));
        Assert.Equal(1, await Harness.InvitationsOfAsync(Tenant, invitation.Email));
    }

    [Fact]
    public async Task Invite_Concurrently_InvitesOnce_SU4()
    {
        var invitation = await AnnAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Crm.InviteAsync([invitation], None))));

        Assert.Single(await ReadAllAsync(Entity.User));
        Assert.Equal(1, await Harness.InvitationsOfAsync(Tenant, invitation.Email));
    }

    [Fact]
    public async Task Invite_NoAddress_IsRefusedAlone()
    {
        var ann = await AnnAsync();

        var results = await Crm.InviteAsync([ann with { Email = "nobody", ExternalKey = "cw:acme:user:9" }, ann], None);

        AssertRefused(results[0]);
        Assert.True(results[1].Created);
    }

    private async Task<UserInvitation> AnnAsync() => new("ann@example.org", "Ann", (await Crm.ReadChoicesAsync(None)).Roles[0], "cw:acme:user:1");
}
