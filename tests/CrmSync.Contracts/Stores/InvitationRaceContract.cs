using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every invitation store holds when many move one invitation at the same time: exactly one wins (EM-7).</summary>
public abstract class InvitationRaceContract : StoreContract<IInvitationStore>
{
    private const int Many = 16;
    private static readonly CrmId Zoe = new("1");
    private static readonly DateTimeOffset Later = Noon.AddMinutes(1);

    [Fact]
    public async Task Add_ManyAtOnce_StoresOne()
    {
        await AtOnceAsync(async i =>
        {
            await Store.AddAsync(Acme, Due() with { Name = $"{i}" }, default);
            return true;
        });

        Assert.Single(await Store.ListAsync(Acme, default));
    }

    [Fact]
    public async Task TryTake_ManyAtOnce_OneWinsWithItsToken_EM7()
    {
        await Store.AddAsync(Acme, Due(), default);

        var answers = await AtOnceAsync(i => Store.TryTakeAsync(Acme, Zoe, TokenOf(i), Noon, default));

        var winner = Assert.Single(answers.Index(), answer => answer.Item).Index;
        Assert.Equal(TokenOf(winner), (await Store.FindAsync(Acme, Zoe, default))?.TokenHash);
        foreach (var i in Enumerable.Range(0, Many))
        {
            Assert.Equal(i == winner, await Store.RedeemAsync(Acme, TokenOf(i), Later, default) is not null);
        }
    }

    [Fact]
    public async Task TryTake_ManyAtOnceOverManyEmployees_EachIsTakenOnce_EM7()
    {
        var employees = Enumerable.Range(0, 10).Select(i => new CrmId($"e{i}")).ToArray();
        foreach (var employee in employees)
        {
            await Store.AddAsync(Acme, Due() with { Employee = employee }, default);
        }

        var taken = await AtOnceAsync(async i =>
        {
            var mine = new List<CrmId>();
            foreach (var employee in employees)
            {
                if (await Store.TryTakeAsync(Acme, employee, $"{employee}-{i}", Noon, default))
                {
                    mine.Add(employee);
                }
            }

            return mine;
        });

        Assert.Equal(employees, taken.SelectMany(mine => mine).Order());
    }

    [Fact]
    public async Task TryRelease_ManyAtOnce_OneWins()
    {
        await Store.AddAsync(Acme, Due() with { State = InvitationState.Waiting }, default);

        Assert.Single(await AtOnceAsync(_ => Store.TryReleaseAsync(Acme, Zoe, default)), released => released);
    }

    [Fact]
    public async Task TryRevive_ManyAtOnce_OneWins()
    {
        await Store.AddAsync(Acme, Due(), default);
        await Store.TryTakeAsync(Acme, Zoe, TokenOf(0), Noon, default);

        Assert.Single(await AtOnceAsync(_ => Store.TryReviveAsync(Acme, Zoe, Later, default)), revived => revived);
    }

    [Fact]
    public async Task Redeem_ManyAtOnce_OneGetsIt()
    {
        await Store.AddAsync(Acme, Due(), default);
        await Store.TryTakeAsync(Acme, Zoe, TokenOf(0), Noon, default);
        await Store.CompleteAsync(Acme, Zoe, Noon, null, default);

        Assert.Single(await AtOnceAsync(_ => Store.RedeemAsync(Acme, TokenOf(0), Later, default)), redeemed => redeemed is not null);
    }

    [Fact]
    public async Task Redeem_WhileItIsCompleted_IsNotLost()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            var employee = new CrmId($"e{i}");
            await Store.AddAsync(Acme, Due() with { Employee = employee }, default);
            await Store.TryTakeAsync(Acme, employee, TokenOf(i), Noon, default);
            var completing = Task.Run(() => Store.CompleteAsync(Acme, employee, Later, null, default));

            Assert.NotNull(await Store.RedeemAsync(Acme, TokenOf(i), Later, default));

            await completing;
            Assert.Equal(InvitationState.Redeemed, (await Store.FindAsync(Acme, employee, default))?.State);
        }
    }

    private static Invitation Due() => new() { Employee = Zoe, Email = "zoe@example.test", Name = "Zoe", State = InvitationState.Due };

    private static string TokenOf(int number) => $"{number:x64}";

    private static Task<T[]> AtOnceAsync<T>(Func<int, Task<T>> act) => Task.WhenAll(Enumerable.Range(0, Many).Select(i => Task.Run(() => act(i))));
}
