using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Lists;

public sealed partial class PagingTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;

    public async Task InitializeAsync() =>
        _host = await SimulatorHost.StartAsync(new SimulatorOptions { Companies = 2_345, Contacts = 130, Seed = 7 });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task List_WithoutPageSize_Has25Records() => Assert.Equal(25, (await _host.ListAsync("company/companies")).Length);

    [Fact]
    public async Task List_WithPageSizeOver1000_Has1000() => Assert.Equal(1000, (await _host.ListAsync("company/companies?pageSize=5000")).Length);

    [Fact]
    public async Task List_PastTheEnd_IsEmpty() => Assert.Empty(await _host.ListAsync("company/contacts?page=99"));

    [Fact]
    public async Task List_WithAPageThatIsNoNumber_Answers400()
    {
        var (status, body) = await _host.RefusedAsync("company/contacts?page=two");

        Assert.Equal((400, "InvalidObject"), (status, (string)body["code"]!));
    }

    [Theory]
    [InlineData("", 2_345)]
    [InlineData("conditions=deletedFlag=false", null)]
    [InlineData("conditions=id>900 and status/id=1", null)]
    public async Task Navigable_FollowedByItsLinks_IsCompleteAndOrdered(string query, int? count)
    {
        var ids = await FollowAsync($"company/companies?pageSize=100&fields=id&{query}", isForwardOnly: false);

        Assert.Equal(count ?? (int)(await _host.GetAsync($"company/companies/count?{query}"))["count"]!, ids.Count);
        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Theory]
    [InlineData("", 2_345)]
    [InlineData("conditions=deletedFlag=false", null)]
    [InlineData("conditions=id in (1,250,251,252,253,254,255,256,999999) or id > 900", null)]
    [InlineData("conditions=id in (250,251,252,253,254,255,256,257,258,259,260)", null)]
    public async Task ForwardOnly_FollowedByItsLinks_IsCompleteAndOrdered(string query, int? count)
    {
        var ids = await FollowAsync($"company/companies?pageSize=3&fields=id&{query}".Replace("pageSize=3", count is null ? "pageSize=4"
            : "pageSize=100", StringComparison.Ordinal), isForwardOnly: true);

        Assert.Equal(count ?? (int)(await _host.GetAsync($"company/companies/count?{query}"))["count"]!, ids.Count);
        Assert.Equal(ids.Distinct().Order(), ids);
    }

    [Fact]
    public async Task Navigable_Links_AreAbsoluteAndLeftOutAtTheEnds()
    {
        var first = await LinksAsync("company/companies?pageSize=1000&conditions=id>0");
        var middle = await LinksAsync("company/companies?pageSize=1000&conditions=id>0&page=2");
        var last = await LinksAsync("company/companies?pageSize=1000&conditions=id>0&page=3");

        Assert.Equal(["last", "next"], first.Keys.Order());
        Assert.Equal(["first", "last", "next", "prev"], middle.Keys.Order());
        Assert.Equal(["first", "prev"], last.Keys.Order());
        Assert.StartsWith(_host.Server.BaseAddress + "v4_6_release/apis/3.0/company/companies?", first["next"], StringComparison.Ordinal);
        Assert.Contains("conditions=id%3E0", first["next"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForwardOnly_EmptyPage_HasAnEmptyLinkHeader()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "company/companies?pageId=99999999");
        request.Headers.Add("pagination-type", "forward-only");

        using var response = await _host.Client.SendAsync(request);

        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
        Assert.Equal([""], response.Headers.GetValues("Link"));
    }

    [Fact]
    public async Task ForwardOnly_WithOrderBy_Answers400()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "company/companies?orderBy=name");
        request.Headers.Add("pagination-type", "forward-only");

        using var response = await _host.Client.SendAsync(request);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task ForwardOnly_WhileRecordsComeAndGo_ShowsEveryStayingRecordOnce()
    {
        var account = _host.Server.Account;
        var before = account.Ids(SimulatedList.Company).ToArray();
        var gone = before.Where(id => id % 7 == 0).ToHashSet();
        var toDelete = new Queue<int>(gone);
        var created = new List<int>();

        var ids = await FollowAsync("company/companies?pageSize=100&fields=id", isForwardOnly: true, () =>
        {
            for (var i = 0; i < 12 && toDelete.TryDequeue(out var id); i++)
            {
                account.Delete(SimulatedList.Company, id);
            }

            if (created.Count < 20)
            {
                created.Add(account.Create(SimulatedList.Company, new JsonObject { ["name"] = "New", ["identifier"] = $"New{created.Count}" }));
            }
        });

        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(before.Except(gone).Except(ids));
        Assert.Superset(created.ToHashSet(), ids.ToHashSet());
        Assert.Equal(account.Count(SimulatedList.Company), account.Ids(SimulatedList.Company).Count());
    }

    [Fact]
    public async Task OrderBy_DescendingId_IsTheReverse()
    {
        var up = await FollowAsync("company/contacts?pageSize=50&fields=id", isForwardOnly: false);
        var down = await FollowAsync("company/contacts?pageSize=50&fields=id&orderBy=id desc", isForwardOnly: false);

        Assert.Equal(Enumerable.Reverse(up), down);
    }

    [Fact]
    public async Task OrderBy_AField_OrdersByItAndPagesCompletely()
    {
        var stamps = new List<string>();
        var ids = new List<int>();
        for (var page = 1; page <= 3; page++)
        {
            foreach (var contact in await _host.ListAsync($"company/contacts?fields=id,_info/lastUpdated&orderBy=lastUpdated desc, id asc&pageSize=50&page={page}"))
            {
                stamps.Add((string)contact["_info"]!["lastUpdated"]!);
                ids.Add((int)contact["id"]!);
            }
        }

        Assert.Equal(130, ids.Distinct().Count());
        Assert.Equal(stamps.OrderDescending(StringComparer.Ordinal), stamps);
    }

    private async Task<Dictionary<string, string>> LinksAsync(string path)
    {
        using var response = await _host.Client.GetAsync(path);
        return Links(response);
    }

    private static Dictionary<string, string> Links(HttpResponseMessage response) => response.Headers.TryGetValues("Link", out var values)
        ? LinkPattern().Matches(string.Join(", ", values)).ToDictionary(m => m.Groups[2].Value, m => m.Groups[1].Value)
        : [];

    private async Task<List<int>> FollowAsync(string path, bool isForwardOnly, Action? between = null)
    {
        var ids = new List<int>();
        for (var next = path; next is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            if (isForwardOnly)
            {
                request.Headers.Add("pagination-type", "forward-only");
            }

            using var response = await _host.Client.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            ids.AddRange(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().Select(r => (int)r!["id"]!));
            next = Links(response).GetValueOrDefault("next");
            between?.Invoke();
        }

        return ids;
    }

    [GeneratedRegex("<([^>]+)>; rel=\"([a-z]+)\"")]
    private static partial Regex LinkPattern();
}
