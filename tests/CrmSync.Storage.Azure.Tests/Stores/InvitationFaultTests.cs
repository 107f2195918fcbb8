using System.Security.Cryptography;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.Storage.Azure.Tests.Stores;

/// <summary>Invitations and pictures with answers lost, and with another writer between a reading and its write.</summary>
[NeedsAzurite]
public sealed class InvitationFaultTests : IAsyncLifetime
{
    private const string Token = "0123456789abcdef";
    private static readonly TenantId Acme = new("acme");
    private static readonly CrmId Zoe = new("1");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly AzureSpace _space = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _space.RemoveAsync();

    [Fact]
    public async Task Moves_AnswersLost_AreAsIfTheyHadCome_EM7() // F2
    {
        await (await LossyAsync()).AddAsync(Acme, Make(InvitationState.Waiting), default);
        Assert.True(await (await LossyAsync()).TryReleaseAsync(Acme, Zoe, default));
        Assert.True(await (await LossyAsync()).TryTakeAsync(Acme, Zoe, Token, Noon, default));
        Assert.False(await (await LossyAsync()).TryTakeAsync(Acme, Zoe, Token, Noon, default));
        Assert.True(await (await LossyAsync()).TryReviveAsync(Acme, Zoe, Noon.AddMinutes(1), default));
        Assert.True(await (await LossyAsync()).TryTakeAsync(Acme, Zoe, Token, Noon, default));
        await (await LossyAsync()).CompleteAsync(Acme, Zoe, Noon, null, default);
        Assert.NotNull(await (await LossyAsync()).RedeemAsync(Acme, Token, Noon, default));
        Assert.Null(await (await LossyAsync()).RedeemAsync(Acme, Token, Noon, default));
    }

    [Fact]
    public async Task TryTake_AnotherTakesBetweenReadAndWrite_IsFalse_EM7() // 412
    {
        var other = (await _space.OpenAsync()).Invitations;
        await other.AddAsync(Acme, Make(InvitationState.Due), default);
        var store = (await _space.OpenAsync(null, new BeforeRequest(
            BeforeRequest.IsTransaction, () => other.TryTakeAsync(Acme, Zoe, "theirs", Noon, default)))).Invitations;

        Assert.False(await store.TryTakeAsync(Acme, Zoe, Token, Noon, default));

        Assert.Equal("theirs", (await other.FindAsync(Acme, Zoe, default))?.TokenHash);
        Assert.Null(await other.RedeemAsync(Acme, Token, Noon, default));
    }

    [Fact]
    public async Task Redeem_CompletedBetweenReadAndWrite_IsReadAgain() // 412
    {
        var other = (await _space.OpenAsync()).Invitations;
        await other.AddAsync(Acme, Make(InvitationState.Due), default);
        await other.TryTakeAsync(Acme, Zoe, Token, Noon, default);
        var store = (await _space.OpenAsync(null, new BeforeRequest(
            BeforeRequest.IsTransaction, () => other.CompleteAsync(Acme, Zoe, Noon, null, default)))).Invitations;

        Assert.Equal(InvitationState.Redeemed, (await store.RedeemAsync(Acme, Token, Noon, default))?.State);
    }

    [Fact]
    public async Task List_MoreThanAPage_IsWholeAndWithoutTokens()
    {
        var store = (await _space.OpenAsync()).Invitations;
        var ids = Enumerable.Range(0, 1_005).Select(i => new CrmId($"e{i:D4}")).ToArray();
        await Parallel.ForEachAsync(ids, async (id, token) =>
        {
            await store.AddAsync(Acme, Make(InvitationState.Due) with { Employee = id }, token);
            await store.TryTakeAsync(Acme, id, $"hash-{id}", Noon, token);
        });

        Assert.Equal(ids, (await store.ListAsync(Acme, default)).Select(invitation => invitation.Employee));
    }

    [Fact]
    public async Task Pictures_AnswersLost_AreAsIfTheyHadCome() // F2
    {
        var lost = LostAnswers.FirstOfEachWrite();
        var pictures = (await _space.OpenAsync(null, lost)).Pictures;
        byte[] content = [1, 2, 3];
        var picture = new Picture(Convert.ToHexStringLower(SHA256.HashData(content)), "image/png", content);
        var before = lost.Lost;

        await pictures.WriteAsync(Acme, picture, default);

        Assert.Equal(before + 1, lost.Lost);
        Assert.Equal(content, (await pictures.ReadAsync(Acme, picture.Hash, default))!.Content.ToArray());
    }

    private static Invitation Make(InvitationState state) => new() { Employee = Zoe, Email = "zoe@example.test", Name = "Zoe", State = state };

    private async Task<AzureInvitationStore> LossyAsync() => (await _space.OpenAsync(null, LostAnswers.FirstOfEachWrite())).Invitations;
}
