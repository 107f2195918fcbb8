using CrmSync.ConnectWise.Conditions;
using CrmSync.ConnectWise.Paging;
using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.Paging;

public sealed class KeysetReaderTests
{
    private const string Path = "company/companies";

    public static TheoryData<int, long?, long?, int> Ends => new()
    {
        { 0, null, null, 1 },
        { 9, null, null, 1 },
        { 10, null, null, 2 },
        { 11, null, null, 2 },
        { 20, null, null, 3 },
        { 20, 20, null, 2 },
        { 20, 25, null, 3 },
        { 20, null, 20, 2 },
        { 25, 20, null, 2 },
        { 25, 15, null, 2 },
    };

    [Theory]
    [InlineData(false, 6)]
    [InlineData(true, 4)]
    public async Task Readings_WhereOtherProcessesReadToo_AreNoMoreThanRequests_L6(bool shared, int readings)
    {
        await using var f = await SiteFixture.StartAsync(change: connection => connection with { MaxConcurrency = 4, Shared = shared });

        Assert.Equal((4, readings), (f.Client.Concurrency, f.Client.Readings));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Range_AtEachBoundary_IsReadWholeWithNoNeedlessRequest(int records, long? upTo, long? expected, int requests)
    {
        await using var f = await StartAsync(Enumerable.Range(1, records).Select(i => (long)i));

        var ids = await ReadIdsAsync(f, new IdRange(0, upTo), expected);

        Assert.Equal(Enumerable.Range(1, (int)Math.Min(records, upTo ?? records)).Select(i => (long)i), ids);
        Assert.Equal(requests, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task Range_WithGapsAndALowerBound_IsReadInOrder()
    {
        long[] all = [.. Enumerable.Range(1, 100).Select(i => (long)i * i)];
        await using var f = await StartAsync(all);

        Assert.Equal(all.Where(id => id is > 100 and <= 4000), await ReadIdsAsync(f, new IdRange(100, 4000), null));
    }

    [Fact]
    public async Task Request_ForAPage_AsksByIdWithOrderSizeAndFields()
    {
        await using var f = await StartAsync([5, 6]);
        var query = new ListQuery { Path = Path, Fields = "id,name", Filter = Condition.Equal("deletedFlag", false).Or(Condition.IsNull("deletedFlag")) };

        await foreach (var page in Reader(f).ReadAsync(query, new IdRange(4, 9), null, default))
        {
            Assert.Equal([5, 6], page.Ids);
        }

        var request = f.Site.ApiCalls.Single();
        Assert.Equal("id > 4 and id <= 9 and (deletedFlag = false or deletedFlag = null)", request.Parameter("conditions"));
        Assert.Equal("id asc", request.Parameter("orderBy"));
        Assert.Equal("10", request.Parameter("pageSize"));
        Assert.Equal("id,name", request.Parameter("fields"));
    }

    [Fact]
    public async Task NextPage_IsUnderWay_BeforeThePresentOneIsConsumed()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        var list = new FakeList(Enumerable.Range(1, 15).Select(i => (long)i));
        var second = new TaskCompletionSource();
        f.Site.On(Path, (context, n) =>
        {
            if (n == 1)
            {
                second.SetResult();
            }

            return list.AnswerAsync(context, n);
        });

        await using var pages = Reader(f).ReadAsync(new ListQuery { Path = Path }, new IdRange(0, null), null, default).GetAsyncEnumerator();
        Assert.True(await pages.MoveNextAsync());

        await second.Task;
    }

    [Fact]
    public async Task Reader_ThatStopsEarly_LeavesNoRequestBehind()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        var list = new FakeList(Enumerable.Range(1, 30).Select(i => (long)i));
        var aborted = new TaskCompletionSource();
        f.Site.On(Path, async (context, n) =>
        {
            if (n == 1)
            {
                context.RequestAborted.Register(aborted.SetResult);
                await aborted.Task;
                return;
            }

            await list.AnswerAsync(context, n);
        });

        await foreach (var page in Reader(f).ReadAsync(new ListQuery { Path = Path }, new IdRange(0, null), null, default))
        {
            while (f.Site.ApiCalls.Count < 2)
            {
                await Task.Yield();
            }

            break;
        }

        await aborted.Task;
    }

    [Fact]
    public async Task Page_TruncatedOnce_IsReadAgainAndNothingIsLost()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        var list = new FakeList(Enumerable.Range(1, 25).Select(i => (long)i));
        f.Site.On(Path, (context, n) => n == 1 ? Json(context, """[{"id":11},{"id":1""") : list.AnswerAsync(context, n));

        Assert.Equal(25, (await ReadIdsAsync(f, new IdRange(0, null), null)).Count);
        Assert.Equal(4, f.Site.ApiCalls.Count);
    }

    [Theory]
    [InlineData("""[{"id":2},{"id":1}]""")]
    [InlineData("""[{"id":77}]""")]
    public async Task Page_ThatContradictsTheRequest_IsAnErrorAfterASecondTry(string body)
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        f.Site.On(Path, body);

        var failure = await Assert.ThrowsAsync<ConnectWiseException>(() => ReadIdsAsync(f, new IdRange(0, 50), null));

        Assert.Equal("inconsistent", failure.Code);
        Assert.Equal(2, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task Records_ThatComeAndGoMeanwhile_DisplaceNoOthers()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        var before = new FakeList(Enumerable.Range(1, 30).Select(i => (long)i));
        var after = new FakeList(Enumerable.Range(4, 30).Select(i => (long)i));
        f.Site.On(Path, (context, n) => n == 0 ? before.AnswerAsync(context, n) : after.AnswerAsync(context, n));

        Assert.Equal(Enumerable.Range(1, 33).Select(i => (long)i), await ReadIdsAsync(f, new IdRange(0, null), null));
    }

    [Fact]
    public async Task BoundsAndCount_AreARequestForEachFigure()
    {
        await using var f = await StartAsync([3, 8, 21]);
        f.Site.On(Path + "/count", """{"count":3}""").On("company/contacts", "[]");

        Assert.Equal(new IdRange(2, 21), await f.Client.BoundsAsync(Entity.Company, default));
        Assert.Equal(3, await f.Client.CountAsync(Entity.Company, default));
        Assert.Null(await f.Client.BoundsAsync(Entity.Contact, default));
        Assert.Equal(4, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task Usage_AfterReading_CountsRequestsAndPages()
    {
        await using var f = await StartAsync(Enumerable.Range(1, 25).Select(i => (long)i));

        await foreach (var page in f.Client.ReadPagesAsync(Entity.Company, new IdRange(0, null), [FieldKeys.Name], null, default))
        {
            Assert.NotEmpty(page.Ids);
        }

        Assert.Equal(5, f.Client.Usage.Requests);
        Assert.Equal(3, f.Client.Traffic.Pages);
        Assert.True(f.Client.Traffic.BytesReceived > 100);
    }

    [Theory]
    [InlineData(400, """{"code":"ApiFindCondition","message":"_info/lastUpdated is not a recognized name."}""")]
    [InlineData(200, """[{"id":1}]""")]
    public async Task LastUpdated_WhereItCannotBeAskedForAlone_ComesWithAllOfInfo(int status, string body)
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        f.Site.On(Path, (context, _) => context.Request.Query["fields"].ToString().Contains("_info/", StringComparison.Ordinal)
            ? Json(context, body, status)
            : Json(context, """[{"id":1,"_info":{"lastUpdated":"2026-06-03T15:44:31Z"}}]"""));

        for (var i = 0; i < 2; i++)
        {
            await foreach (var page in f.Client.ReadPagesAsync(Entity.Company, new IdRange(0, null), [FieldKeys.Name], null, default))
            {
                Assert.NotNull(f.Client.Parse(Entity.Company, page.Json, [FieldKeys.Name])[0].UpdatedAt);
            }
        }

        Assert.Equal(3, f.Site.ApiCalls.Count);
    }

    private static async Task<SiteFixture> StartAsync(IEnumerable<long> ids)
    {
        var f = await SiteFixture.StartAsync(change: c => c with { PageSize = 10 });
        f.Site.On(Path, new FakeList(ids).AnswerAsync);
        return f;
    }

    private static KeysetReader Reader(SiteFixture f) => new(f.Api, new InfoRequest(f.Api));

    private static async Task<List<long>> ReadIdsAsync(SiteFixture f, IdRange range, long? expected)
    {
        var ids = new List<long>();
        await foreach (var page in Reader(f).ReadAsync(new ListQuery { Path = Path }, range, expected, default))
        {
            ids.AddRange(page.Ids);
        }

        return ids;
    }
}
