using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Stores;

/// <summary>What every link store holds.</summary>
public abstract class LinkStoreContract : StoreContract<ILinkStore>
{
    [Fact]
    public async Task Find_Written_HasEverything()
    {
        var link = Link(7, "c7") with
        {
            Type = 12,
            ConnectWiseUpdatedAt = Noon,
            ConnectWiseSnapshot = new FieldValues
            {
                [FieldKeys.Name] = "Café 🚀 \"Zoë\" \\ \n",
                [FieldKeys.Phone] = "+18135550100",
                [FieldKeys.Fax] = null,
                ["custom:9"] = "one side only",
            },
            CrmSnapshot = new FieldValues
            {
                ["custom:x"] = null,
                [FieldKeys.Name] = "Café 🚀 \"Zoë\" \\ \n",
                [FieldKeys.Phone] = "(813) 555-0100",
                [FieldKeys.Fax] = null,
            },
        };

        await WriteAsync(Acme, Entity.Company, link);

        AssertSame(link, await FindAsync(Acme, Entity.Company, 7));
        AssertSame(link, Assert.Single(await Store.ReadRangeAsync(Acme, Entity.Company, new IdRange(0, null), default)));
    }

    [Fact]
    public async Task Find_SentAndNotConfirmed_HasIt()
    {
        var link = Link(7, "c7") with
        {
            ConnectWiseSnapshot = new FieldValues { [FieldKeys.Name] = "Acme", [FieldKeys.City] = null, [FieldKeys.Fax] = "1" },
            CrmSnapshot = new FieldValues { [FieldKeys.Name] = "Acme", [FieldKeys.City] = "Tampa" },
            Sent = new SentFields(
                new FieldValues { [FieldKeys.Name] = "Acme Inc", [FieldKeys.Website] = null, [FieldKeys.List] = "Clients" },
                new FieldValues { [FieldKeys.Name] = "Acme Inc", [FieldKeys.City] = null }),
        };

        await WriteAsync(Acme, Entity.Company, link);
        AssertSame(link, await FindAsync(Acme, Entity.Company, 7));

        await WriteAsync(Acme, Entity.Company, link with { Sent = null });
        AssertSame(link with { Sent = null }, await FindAsync(Acme, Entity.Company, 7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public async Task Find_AnIdThatNobodyHas_IsNull(long id)
    {
        await WriteAsync(Acme, Entity.Company, Link(7, "c7"));
        await WriteAsync(Acme, Entity.Contact, Link(8, "p8"));

        Assert.Null(await FindAsync(Acme, Entity.Company, id));
        Assert.Empty(await Store.FindTargetsAsync(Acme, Entity.Company, [new ConnectWiseId(id)], default));
        Assert.Equal(id < 7 ? 1 : 0, (await Store.ReadRangeAsync(Acme, Entity.Company, new IdRange(id, null), default)).Count);
    }

    [Fact]
    public async Task Find_NothingKnown_IsNull()
    {
        var link = Link(8, "c8") with { ConnectWiseSnapshot = [], CrmSnapshot = [] };
        await WriteAsync(Acme, Entity.Company, link);

        AssertSame(link, await FindAsync(Acme, Entity.Company, 8));
        Assert.Null(await FindAsync(Acme, Entity.Company, 7));
    }

    [Fact]
    public async Task Find_AfterReopening_IsThere()
    {
        await WriteAsync(Acme, Entity.Company, Link(1, "c1"));

        var again = await OpenAsync();

        Assert.NotNull(await again.FindAsync(Acme, Entity.Company, new ConnectWiseId(1), default));
    }

    [Theory]
    [InlineData(0, null, new long[] { 1, 2, 5, 1_099_511_627_775 })]
    [InlineData(1, 5L, new long[] { 2, 5 })]
    [InlineData(2, 4L, new long[] { })]
    [InlineData(0, 1L, new long[] { 1 })]
    [InlineData(5, null, new long[] { 1_099_511_627_775 })]
    public async Task ReadRange_Bounds_ExcludeTheLowerAndIncludeTheUpper(long after, long? upTo, long[] expected)
    {
        await WriteAsync(Acme, Entity.Company, Link(1_099_511_627_775, "d"), Link(5, "c"), Link(1, "a"), Link(2, "b"));

        var links = await Store.ReadRangeAsync(Acme, Entity.Company, new IdRange(after, upTo), default);

        Assert.Equal(expected, links.Select(link => link.ConnectWise.Value));
    }

    [Fact]
    public async Task Write_SameConnectWiseId_Replaces()
    {
        await WriteAsync(Acme, Entity.Company, Link(1, "c1"));
        var changed = Link(1, "c1") with { Run = Run2, Type = 3, ConnectWiseSnapshot = new FieldValues { [FieldKeys.Name] = "New" } };
        var moved = changed with { Crm = new CrmId("c2") };

        Assert.Empty(await WriteAsync(Acme, Entity.Company, changed));
        AssertSame(changed, await FindAsync(Acme, Entity.Company, 1));

        Assert.Empty(await WriteAsync(Acme, Entity.Company, moved));
        AssertSame(moved, await FindAsync(Acme, Entity.Company, 1));

        // The record it left is free for another.
        Assert.Empty(await WriteAsync(Acme, Entity.Company, Link(2, "c1")));
        Assert.Equal(2, await Store.CountAsync(Acme, Entity.Company, default));
    }

    [Fact]
    public async Task Write_Repeated_ChangesNothing()
    {
        Link[] links = [.. Enumerable.Range(1, 250).Select(i => Link(i, $"c{i}"))];

        Assert.Empty(await WriteAsync(Acme, Entity.Company, links));
        Assert.Empty(await WriteAsync(Acme, Entity.Company, links));

        Assert.Equal(250, await Store.CountAsync(Acme, Entity.Company, default));
    }

    [Fact]
    public async Task Write_CrmRecordOfAnotherLink_RefusesThatLinkAlone() // CO-5
    {
        await WriteAsync(Acme, Entity.Company, Link(1, "taken"));

        var refused = await WriteAsync(Acme, Entity.Company, Link(2, "free"), Link(3, "taken"), Link(4, "also free"));

        Assert.Equal([new ConnectWiseId(3)], refused);
        Assert.Null(await FindAsync(Acme, Entity.Company, 3));
        Assert.Equal("taken", (await FindAsync(Acme, Entity.Company, 1))!.Crm.Value);
        Assert.Equal(3, await Store.CountAsync(Acme, Entity.Company, default));
    }

    [Fact]
    public async Task Write_StoredLinkToCrmRecordOfAnother_IsRefusedAndKeepsItsOwn() // CO-5, the other way round
    {
        await WriteAsync(Acme, Entity.Company, Link(1, "a"), Link(2, "b"));

        var refused = await WriteAsync(Acme, Entity.Company, Link(2, "a"));

        Assert.Equal([new ConnectWiseId(2)], refused);
        Assert.Equal("b", (await FindAsync(Acme, Entity.Company, 2))!.Crm.Value);
        Assert.Equal("a", (await FindAsync(Acme, Entity.Company, 1))!.Crm.Value);
    }

    [Fact]
    public async Task Write_TwoInOneCallForOneCrmRecord_RefusesTheSecond() // CO-5
    {
        var refused = await WriteAsync(Acme, Entity.Company, Link(1, "a"), Link(2, "a"));

        Assert.Equal([new ConnectWiseId(2)], refused);
    }

    [Fact]
    public async Task Write_ManyWritersForOneCrmRecord_OneWins() // CO-5
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => WriteAsync(Acme, Entity.Company, Link(i, "wanted")))));

        Assert.Equal(7, answers.Sum(refused => refused.Count));
        Assert.Equal(1, await Store.CountAsync(Acme, Entity.Company, default));
    }

    [Fact]
    public async Task Write_CrmIdsThatDifferInCase_AreTwoRecords()
    {
        Assert.Empty(await WriteAsync(Acme, Entity.Company, Link(1, "a"), Link(2, "A")));
    }

    [Fact]
    public async Task FindTargets_Many_LeavesOutWhatHasNoLink()
    {
        await WriteAsync(Acme, Entity.Contact, [.. Enumerable.Range(1, 5000).Select(i => Link(i, $"c{i}") with { Type = i % 2 == 0 ? i : null })]);

        var targets = await Store.FindTargetsAsync(Acme, Entity.Contact, [.. Enumerable.Range(4001, 6000).Select(i => new ConnectWiseId(i))], default);

        Assert.Equal(1000, targets.Count);
        Assert.Equal(new LinkTarget(new CrmId("c4002"), 4002), targets[new ConnectWiseId(4002)]);
        Assert.Equal(new LinkTarget(new CrmId("c4001"), null), targets[new ConnectWiseId(4001)]);
    }

    [Fact]
    public async Task FindByCrm_Many_LeavesOutWhatHasNoLink()
    {
        await WriteAsync(Acme, Entity.Contact, [.. Enumerable.Range(1, 1000).Select(i => Link(i, $"c\"'{i}"))]);

        var found = await Store.FindByCrmAsync(Acme, Entity.Contact, [.. Enumerable.Range(501, 1000).Select(i => new CrmId($"c\"'{i}"))], default);

        Assert.Equal(500, found.Count);
        Assert.Equal(new ConnectWiseId(501), found[new CrmId("c\"'501")]);
    }

    [Fact]
    public async Task Find_NoIds_AnswersNone()
    {
        Assert.Empty(await Store.FindTargetsAsync(Acme, Entity.Company, [], default));
        Assert.Empty(await Store.FindByCrmAsync(Acme, Entity.Company, [], default));
        Assert.Empty(await Store.WriteAsync(Acme, Entity.Company, [], default));
    }

    [Fact]
    public async Task Entities_SameIds_AreApart()
    {
        Assert.Empty(await WriteAsync(Acme, Entity.Company, Link(1, "x")));
        Assert.Empty(await WriteAsync(Acme, Entity.Contact, Link(2, "x")));

        Assert.Null(await FindAsync(Acme, Entity.Contact, 1));
        Assert.Equal(1, await Store.CountAsync(Acme, Entity.Contact, default));
    }

    [Fact]
    public async Task Tenants_SameIds_SeeNothingOfEachOther() // AX-1
    {
        await WriteAsync(Acme, Entity.Company, Link(1, "x"));

        Assert.Empty(await WriteAsync(Globex, Entity.Company, Link(2, "x")));

        Assert.Null(await FindAsync(Globex, Entity.Company, 1));
        Assert.Null(await FindAsync(Acme, Entity.Company, 2));
        Assert.Equal(new ConnectWiseId(2), (await Store.FindByCrmAsync(Globex, Entity.Company, [new CrmId("x")], default))[new CrmId("x")]);
        Assert.Empty(await Store.FindTargetsAsync(Globex, Entity.Company, [new ConnectWiseId(1)], default));
        Assert.Single(await Store.ReadRangeAsync(Globex, Entity.Company, new IdRange(0, null), default));
        Assert.Equal(1, await Store.CountAsync(Acme, Entity.Company, default));
    }

    private static Link Link(long id, string crm) => new()
    {
        ConnectWise = new ConnectWiseId(id),
        Crm = new CrmId(crm),
        ConnectWiseSnapshot = new FieldValues { [FieldKeys.Name] = $"Company {id}" },
        CrmSnapshot = new FieldValues { [FieldKeys.Name] = $"Company {id}" },
        Run = Run1,
    };

    private static void AssertSame(Link expected, Link? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.ConnectWise, expected.Crm, expected.Type, expected.ConnectWiseUpdatedAt, expected.Run),
            (actual.ConnectWise, actual.Crm, actual.Type, actual.ConnectWiseUpdatedAt, actual.Run));
        Assert.Equal(Sorted(expected.ConnectWiseSnapshot), Sorted(actual.ConnectWiseSnapshot));
        Assert.Equal(Sorted(expected.CrmSnapshot), Sorted(actual.CrmSnapshot));
        Assert.Equal(expected.Sent is null, actual.Sent is null);
        Assert.Equal(Sorted(expected.Sent?.ConnectWise ?? []), Sorted(actual.Sent?.ConnectWise ?? []));
        Assert.Equal(Sorted(expected.Sent?.Crm ?? []), Sorted(actual.Sent?.Crm ?? []));
    }

    private static KeyValuePair<string, string?>[] Sorted(FieldValues values) => [.. values.OrderBy(field => field.Key, StringComparer.Ordinal)];

    private Task<IReadOnlyList<ConnectWiseId>> WriteAsync(TenantId tenant, Entity entity, params Link[] links) =>
        Store.WriteAsync(tenant, entity, links, default);

    private Task<Link?> FindAsync(TenantId tenant, Entity entity, long id) => Store.FindAsync(tenant, entity, new ConnectWiseId(id), default);
}
