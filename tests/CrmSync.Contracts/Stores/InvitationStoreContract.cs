using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every invitation store holds (EM-7): the moves, one by one. <see cref="InvitationRaceContract"/> has them side by side.</summary>
public abstract class InvitationStoreContract : StoreContract<IInvitationStore>
{
    private static readonly CrmId Zoe = new("emp/Zoë_1");
    private static readonly CrmId Adam = new("Emp-2");
    private static readonly DateTimeOffset Later = Noon.AddMinutes(1);
    private static readonly string Token = new('a', 64);
    private static readonly string OtherToken = new('b', 64);

    [Theory]
    [InlineData(InvitationState.Waiting)]
    [InlineData(InvitationState.Due)]
    public async Task Add_None_IsFound(InvitationState state)
    {
        await Store.AddAsync(Acme, Make(Zoe, state), default);

        Assert.Equal(Make(Zoe, state), await Store.FindAsync(Acme, Zoe, default));
        Assert.Null(await Store.FindAsync(Acme, Adam, default));
        Assert.Null(await Store.FindAsync(Acme, new CrmId("EMP/ZOË_1"), default));
    }

    [Fact]
    public async Task Add_OneIsThere_ChangesNothing_EM7()
    {
        await TakenAsync(Zoe, Token);
        await Store.CompleteAsync(Acme, Zoe, Later, null, default);

        await Store.AddAsync(Acme, Make(Zoe, InvitationState.Due) with { Email = "else@example.test" }, default);

        Assert.Equal(Make(Zoe, InvitationState.Sent) with { TokenHash = Token, At = Later }, await Store.FindAsync(Acme, Zoe, default));
    }

    [Theory]
    [InlineData(InvitationState.Sending)]
    [InlineData(InvitationState.Sent)]
    [InlineData(InvitationState.Refused)]
    [InlineData(InvitationState.Redeemed)]
    public async Task Add_StateThatIsNoBeginning_IsRefused(InvitationState state)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.AddAsync(Acme, Make(Zoe, state), default));
        Assert.Null(await Store.FindAsync(Acme, Zoe, default));
    }

    [Theory]
    [InlineData(InvitationState.Waiting, true)]
    [InlineData(InvitationState.Due, true)]
    [InlineData(InvitationState.Sending, false)]
    [InlineData(InvitationState.Sent, false)]
    [InlineData(InvitationState.Refused, true)]
    [InlineData(InvitationState.Redeemed, false)]
    public async Task Readdress_BeforeAMessageHasGone_ChangesAddressAndNameAlone_EM7(InvitationState state, bool changes)
    {
        await Store.AddAsync(Acme, Make(Zoe, state == InvitationState.Waiting ? state : InvitationState.Due), default);
        if (state is not (InvitationState.Waiting or InvitationState.Due))
        {
            await Store.TryTakeAsync(Acme, Zoe, Token, Noon, default);
            await (state switch
            {
                InvitationState.Sent => Store.CompleteAsync(Acme, Zoe, Noon, null, default),
                InvitationState.Refused => Store.CompleteAsync(Acme, Zoe, Noon, "550", default),
                InvitationState.Redeemed => Store.RedeemAsync(Acme, Token, Noon, default),
                _ => Task.CompletedTask,
            });
        }

        var before = (await Store.FindAsync(Acme, Zoe, default))!;
        Assert.Equal(state, before.State);

        await Store.ReaddressAsync(Acme, Zoe, "zoe.new@example.test", "Zoë New", default);
        await Store.ReaddressAsync(Acme, Adam, "nobody@example.test", "Nobody", default);

        Assert.Equal(
            changes ? before with { Email = "zoe.new@example.test", Name = "Zoë New" } : before, await Store.FindAsync(Acme, Zoe, default));
        Assert.Null(await Store.FindAsync(Acme, Adam, default));
    }

    [Fact]
    public async Task TryTake_Due_IsSendingWithTheHash()
    {
        await Store.AddAsync(Acme, Make(Zoe, InvitationState.Due), default);

        Assert.True(await Store.TryTakeAsync(Acme, Zoe, Token, Noon, default));

        Assert.Equal(Make(Zoe, InvitationState.Sending) with { TokenHash = Token, At = Noon }, await Store.FindAsync(Acme, Zoe, default));
    }

    [Fact]
    public async Task TryTake_Again_IsRefusedEvenWithTheSameToken_EM7()
    {
        await TakenAsync(Zoe, Token);

        Assert.False(await Store.TryTakeAsync(Acme, Zoe, Token, Noon, default));
        Assert.False(await Store.TryTakeAsync(Acme, Zoe, OtherToken, Later, default));

        Assert.Equal(Token, (await Store.FindAsync(Acme, Zoe, default))?.TokenHash);
    }

    [Fact]
    public async Task Complete_WithoutError_IsSent()
    {
        await TakenAsync(Zoe, Token);

        await Store.CompleteAsync(Acme, Zoe, Later, null, default);
        await Store.CompleteAsync(Acme, Zoe, Later.AddDays(1), "too late", default);

        Assert.Equal(Make(Zoe, InvitationState.Sent) with { TokenHash = Token, At = Later }, await Store.FindAsync(Acme, Zoe, default));
    }

    [Fact]
    public async Task Complete_WithError_IsRefusedAndReleasedAnew()
    {
        await TakenAsync(Zoe, Token);

        await Store.CompleteAsync(Acme, Zoe, Later, "550 No Zoë here 🚀", default);
        var refused = await Store.FindAsync(Acme, Zoe, default);
        Assert.Equal((InvitationState.Refused, Later, "550 No Zoë here 🚀"), (refused!.State, refused.At!.Value, refused.Error));

        Assert.True(await Store.TryReleaseAsync(Acme, Zoe, default));
        Assert.Equal(Make(Zoe, InvitationState.Due), await Store.FindAsync(Acme, Zoe, default));
        Assert.True(await Store.TryTakeAsync(Acme, Zoe, OtherToken, Later, default));
        Assert.Null((await Store.FindAsync(Acme, Zoe, default))!.Error);
    }

    [Fact]
    public async Task TryRelease_Waiting_IsDueOnce()
    {
        await Store.AddAsync(Acme, Make(Zoe, InvitationState.Waiting), default);

        Assert.False(await Store.TryTakeAsync(Acme, Zoe, Token, Noon, default));
        Assert.True(await Store.TryReleaseAsync(Acme, Zoe, default));
        Assert.False(await Store.TryReleaseAsync(Acme, Zoe, default));

        Assert.Equal(Make(Zoe, InvitationState.Due), await Store.FindAsync(Acme, Zoe, default));
    }

    [Fact]
    public async Task TryRevive_Sending_OnlyTheOlder()
    {
        await TakenAsync(Zoe, Token);

        Assert.False(await Store.TryReviveAsync(Acme, Zoe, Noon, default));
        Assert.True(await Store.TryReviveAsync(Acme, Zoe, Later, default));
        Assert.False(await Store.TryReviveAsync(Acme, Zoe, Later, default));

        Assert.Equal(Make(Zoe, InvitationState.Due), await Store.FindAsync(Acme, Zoe, default));
    }

    [Fact]
    public async Task Redeem_Sent_IsRedeemedOnce()
    {
        await TakenAsync(Zoe, Token);
        await Store.CompleteAsync(Acme, Zoe, Noon, null, default);

        var redeemed = await Store.RedeemAsync(Acme, Token, Later, default);

        Assert.Equal(Make(Zoe, InvitationState.Redeemed) with { TokenHash = Token, At = Later }, redeemed);
        Assert.Equal(redeemed, await Store.FindAsync(Acme, Zoe, default));
        Assert.Null(await Store.RedeemAsync(Acme, Token, Later, default));
    }

    [Fact]
    public async Task Redeem_Sending_StaysRedeemedWhateverTheServerSaysThen()
    {
        await TakenAsync(Zoe, Token);

        Assert.NotNull(await Store.RedeemAsync(Acme, Token, Later, default));
        await Store.CompleteAsync(Acme, Zoe, Later, "lost", default);

        var stored = await Store.FindAsync(Acme, Zoe, default);
        Assert.Equal((InvitationState.Redeemed, null), (stored!.State, stored.Error));
    }

    [Fact]
    public async Task Redeem_TokenThatIsNotOpen_IsNull()
    {
        await TakenAsync(Zoe, Token);
        await TakenAsync(Adam, OtherToken);

        Assert.Null(await Store.RedeemAsync(Acme, new string('c', 64), Later, default));
        Assert.Null(await Store.RedeemAsync(Acme, "", Later, default));
        Assert.Null(await Store.RedeemAsync(Acme, Token.ToUpperInvariant(), Later, default));

        await Store.CompleteAsync(Acme, Zoe, Noon, "refused", default);
        Assert.Null(await Store.RedeemAsync(Acme, Token, Later, default));
        Assert.Equal(Adam, (await Store.RedeemAsync(Acme, OtherToken, Later, default))?.Employee);
    }

    [Fact]
    public async Task Redeem_LinkOfAnEarlierMessage_OpensNothing()
    {
        await TakenAsync(Zoe, Token);
        await Store.TryReviveAsync(Acme, Zoe, Later, default);
        Assert.Null(await Store.RedeemAsync(Acme, Token, Later, default));

        await Store.TryTakeAsync(Acme, Zoe, OtherToken, Later, default);

        Assert.Null(await Store.RedeemAsync(Acme, Token, Later, default));
        Assert.NotNull(await Store.RedeemAsync(Acme, OtherToken, Later, default));
    }

    [Theory]
    [InlineData(InvitationState.Waiting)]
    [InlineData(InvitationState.Due)]
    [InlineData(InvitationState.Sending)]
    [InlineData(InvitationState.Sent)]
    [InlineData(InvitationState.Refused)]
    [InlineData(InvitationState.Redeemed)]
    public async Task Moves_FromEveryState_OnlyThoseThatFit(InvitationState state)
    {
        var before = await ReachedAsync(state);

        var released = await Store.TryReleaseAsync(Acme, Zoe, default);
        Assert.Equal(state is InvitationState.Waiting or InvitationState.Refused, released);
        if (!released && state != InvitationState.Due)
        {
            Assert.False(await Store.TryTakeAsync(Acme, Zoe, OtherToken, Later, default));
        }

        if (state != InvitationState.Sending)
        {
            Assert.False(await Store.TryReviveAsync(Acme, Zoe, Later.AddDays(9), default));
            await Store.CompleteAsync(Acme, Zoe, Later.AddDays(9), "no", default);
        }

        Assert.Equal(released ? Make(Zoe, InvitationState.Due) : before, await Store.FindAsync(Acme, Zoe, default));
    }

    [Fact]
    public async Task Moves_NoInvitation_AreFalse()
    {
        Assert.False(await Store.TryReleaseAsync(Acme, Zoe, default));
        Assert.False(await Store.TryTakeAsync(Acme, Zoe, Token, Noon, default));
        Assert.False(await Store.TryReviveAsync(Acme, Zoe, Later, default));
        await Store.CompleteAsync(Acme, Zoe, Noon, null, default);
        Assert.Null(await Store.RedeemAsync(Acme, Token, Noon, default));
        Assert.Empty(await Store.ListAsync(Acme, default));
    }

    [Fact]
    public async Task List_Several_InOrderOfIds()
    {
        string[] ids = ["b", "B", "a-2", "a", "\U0001F680", "\uFF5A", "a_", "a/"];
        foreach (var id in ids)
        {
            await Store.AddAsync(Acme, Make(new CrmId(id), InvitationState.Due), default);
            await Store.TryTakeAsync(Acme, new CrmId(id), $"hash of {id}", Noon, default);
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await Store.ListAsync(Acme, default)).Select(invitation => invitation.Employee.Value));
    }

    [Fact]
    public async Task Stored_AfterReopening_IsTheSame()
    {
        await TakenAsync(Zoe, Token);

        var again = await OpenAsync();

        Assert.Equal(Make(Zoe, InvitationState.Sending) with { TokenHash = Token, At = Noon }, Assert.Single(await again.ListAsync(Acme, default)));
        Assert.NotNull(await again.RedeemAsync(Acme, Token, Later, default));
    }

    [Fact]
    public async Task Tenants_SameEmployeeAndToken_SeeNothingOfEachOther_AX1()
    {
        await TakenAsync(Zoe, Token);

        Assert.Null(await Store.FindAsync(Globex, Zoe, default));
        Assert.Empty(await Store.ListAsync(Globex, default));
        Assert.Null(await Store.RedeemAsync(Globex, Token, Later, default));
        Assert.False(await Store.TryReviveAsync(Globex, Zoe, Later, default));

        await Store.AddAsync(Globex, Make(Zoe, InvitationState.Due), default);
        Assert.True(await Store.TryTakeAsync(Globex, Zoe, Token, Noon, default));
        Assert.NotNull(await Store.RedeemAsync(Globex, Token, Later, default));
        Assert.Equal(InvitationState.Sending, (await Store.FindAsync(Acme, Zoe, default))?.State);
    }

    private static Invitation Make(CrmId employee, InvitationState state) =>
        new() { Employee = employee, Email = "zoë@example.test", Name = "Zoë \"Z\" 🚀", State = state };

    private async Task TakenAsync(CrmId employee, string token)
    {
        await Store.AddAsync(Acme, Make(employee, InvitationState.Due), default);
        Assert.True(await Store.TryTakeAsync(Acme, employee, token, Noon, default));
    }

    private async Task<Invitation?> ReachedAsync(InvitationState state)
    {
        await Store.AddAsync(Acme, Make(Zoe, state == InvitationState.Waiting ? state : InvitationState.Due), default);
        if (state is not (InvitationState.Waiting or InvitationState.Due))
        {
            await Store.TryTakeAsync(Acme, Zoe, Token, Noon, default);
        }

        if (state is InvitationState.Sent or InvitationState.Refused or InvitationState.Redeemed)
        {
            await Store.CompleteAsync(Acme, Zoe, Later, state == InvitationState.Refused ? "refused" : null, default);
        }

        if (state == InvitationState.Redeemed)
        {
            await Store.RedeemAsync(Acme, Token, Later, default);
        }

        var reached = await Store.FindAsync(Acme, Zoe, default);
        Assert.Equal(state, reached?.State);
        return reached;
    }
}
