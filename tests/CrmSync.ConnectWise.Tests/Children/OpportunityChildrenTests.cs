using System.Text.Json;
using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.Children;

public sealed class OpportunityChildrenTests
{
    private const string Bundles = "system/bundles";

    private const string Forecast = """
        [{"id":1,"forecastItems":[
           {"id":11,"forecastDescription":"Backup","catalogItem":{"id":9,"identifier":"B"},"quantity":3,"revenue":59.70,"cost":21,"includeFlag":true,
            "recurringFlag":true,"billCycle":{"id":2,"name":"Monthly"}},
           {"id":12,"productDescription":"Set-up","revenue":100,"includeFlag":true},
           {"id":13,"forecastDescription":"Alternative","revenue":999,"includeFlag":false}],
          "forecastRevenueTotals":{"id":0,"revenue":159.70,"cost":21}}]
        """;

    private const string Notes = """[{"id":31,"text":"first\r\nline","enteredBy":"jdoe"},{"id":32,"text":"  "}]""";

    [Fact]
    public async Task Children_OfManyOpportunities_ComeInOneBundle()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, AnswerAsync);

        var children = await ReadAsync(f, 5, 6, 7);

        Assert.Equal(3, children.Count);
        Assert.Single(f.Site.ApiCalls);
        var found = children[new ConnectWiseId(5)];
        Assert.Equal(159.70m, found.Total);
        Assert.Equal(found.Total, found.LineItems.Sum(l => l.Revenue));
        Assert.Equal(
            new LineItem { Id = "11", Solution = "9", Description = "Backup", Quantity = 3, Revenue = 59.70m, Cost = 21, BillingCycle = "Monthly" },
            found.LineItems[0]);
        Assert.Equal(new LineItem { Id = "12", Description = "Set-up", Revenue = 100 }, found.LineItems[1]);
        Assert.Equal(new NoteEntry { Id = "31", Text = "first\nline", EnteredBy = "jdoe" }, Assert.Single(found.Notes));
    }

    [Fact]
    public async Task Bundle_AsWritten_NamesResourceParentAndPage()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, AnswerAsync);

        await ReadAsync(f, 5);

        Assert.Equal(
            """{"requests":[{"sequenceNumber":0,"resourceType":"opportunityforecast","apiRequest":{"parentId":5,"page":{"page":1,"pageSize":1000}}},{"sequenceNumber":1,"resourceType":"opportunitynote","apiRequest":{"parentId":5,"page":{"page":1,"pageSize":1000}}}]}""",
            f.Site.ApiCalls.Single().Body);
    }

    [Fact]
    public async Task SubRequest_ThatFailsAlone_IsAskedAgainOnItsOwn()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, (context, _) => Json(context, $$"""
            {"results":[{"sequenceNumber":0,"success":true,"statusCode":200,"entities":{{Forecast}}},
                        {"sequenceNumber":1,"success":false,"statusCode":500,"error":{"code":"ConnectWiseApi","message":"x"} },
                        {"sequenceNumber":3,"success":true,"statusCode":200,"count":0}]}
            """, 201));
        f.Site.On("sales/opportunities/5/notes", Notes).On("sales/opportunities/6/forecast", Forecast);

        var children = await ReadAsync(f, 5, 6);

        Assert.Single(children[new ConnectWiseId(5)].Notes);
        Assert.Empty(children[new ConnectWiseId(6)].Notes);
        Assert.Equal(2, children[new ConnectWiseId(6)].LineItems.Count);
        Assert.Equal(3, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task Opportunity_ThatHasGone_IsLeftOut()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, (context, _) => Json(context, $$"""
            {"results":[{"sequenceNumber":0,"success":false,"statusCode":404,"error":{"code":"NotFound","message":"Opportunity 5 not found"} },
                        {"sequenceNumber":1,"success":true,"statusCode":200,"entities":[]},
                        {"sequenceNumber":2,"success":true,"statusCode":200,"entities":{{Forecast}}},
                        {"sequenceNumber":3,"success":true,"statusCode":200,"entities":{{Notes}}}]}
            """));

        Assert.Equal([new ConnectWiseId(6)], (await ReadAsync(f, 5, 6)).Keys);
    }

    [Theory]
    [InlineData(404, """{"code":"ConnectWiseApi","message":"The endpoint does not exist."}""")]
    [InlineData(400, """{"code":"InvalidObject","message":"bundle is not supported"}""")]
    [InlineData(403, """{"code":"Security","message":"No."}""")]
    public async Task Tenant_WithoutBundles_IsReadOneByOneAndNotAskedAgain(int status, string body)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, (context, _) => Json(context, body, status));
        foreach (var id in new[] { 5, 6 })
        {
            f.Site.On($"sales/opportunities/{id}/notes", Notes).On($"sales/opportunities/{id}/forecast", Forecast);
        }

        f.Site.On("sales/opportunities/7/forecast", (context, _) => Json(context, """{"code":"NotFound","message":"Opportunity 7 not found"}""", 404));
        f.Site.On("sales/opportunities/7/notes", (context, _) => Json(context, """{"code":"NotFound","message":"Opportunity 7 not found"}""", 404));

        Assert.Equal(2, (await ReadAsync(f, 5, 6, 7)).Count);
        Assert.Single(await ReadAsync(f, 5));

        Assert.Single(f.Site.ApiCalls, r => r.Path.EndsWith(Bundles, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(413, "Payload too large")]
    [InlineData(400, """{"code":"InvalidObject","message":"The maximum number of requests was exceeded."}""")]
    public async Task Bundle_RefusedForItsSize_IsHalvedUntilItFits(int status, string body)
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { BundleSize = 16, MaxConcurrency = 1 });
        f.Site.On(Bundles, (context, n) => Count(f, n) > 4 ? Json(context, body, status) : AnswerAsync(context, n));

        var children = await ReadAsync(f, [.. Enumerable.Range(1, 8)]);
        Assert.Equal(8, children.Count);
        var sizes = Enumerable.Range(0, f.Site.ApiCalls.Count).Select(n => Count(f, n));
        Assert.Equal([16, 8, 4, 4, 4, 4], sizes);

        await ReadAsync(f, [.. Enumerable.Range(1, 8)]);
        Assert.Equal(10, f.Site.ApiCalls.Count);
    }

    [Fact]
    public async Task Notes_FillingAWholePage_AreReadToTheEnd()
    {
        await using var f = await SiteFixture.StartAsync();
        var many = $"[{string.Join(',', Enumerable.Range(1, 1000).Select(i => $$"""{"id":{{i}},"text":"t"}"""))}]";
        f.Site.On(Bundles, (context, _) => Json(context, $$"""
            {"results":[{"sequenceNumber":0,"success":true,"statusCode":200,"entities":[]},
                        {"sequenceNumber":1,"success":true,"statusCode":200,"entities":{{many}}}]}
            """));
        f.Site.On("sales/opportunities/5/notes", (context, n) => Json(context, n == 0 ? many : """[{"id":1001,"text":"last"}]"""));

        Assert.Equal(1001, (await ReadAsync(f, 5))[new ConnectWiseId(5)].Notes.Count);
    }

    [Fact]
    public async Task Bundle_Throttled_IsRepeatedSinceItOnlyReads()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, (context, n) => n == 0 ? Throttle(context, "1") : AnswerAsync(context, n));

        Assert.Single(await ReadAsync(f, 5));
    }

    [Fact]
    public async Task Keys_NoLongerAccepted_AreAFailureAndNotAMissingOpportunity()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Bundles, (context, _) => Json(context, """{"code":"Unauthorized","message":"x"}""", 401));

        Assert.Equal("unauthorized", (await Assert.ThrowsAsync<ConnectWiseException>(() => ReadAsync(f, 5))).Code);
    }

    private static Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadAsync(SiteFixture f, params int[] ids) =>
        f.Client.ReadOpportunityChildrenAsync([.. ids.Select(id => new ConnectWiseId(id))], default);

    private static int Count(SiteFixture f, int call) => JsonDocument.Parse(f.Site.ApiCalls[call].Body).RootElement.GetProperty("requests").GetArrayLength();

    private static async Task AnswerAsync(HttpContext context, int call)
    {
        var count = JsonDocument.Parse((string)context.Items["body"]!).RootElement.GetProperty("requests").GetArrayLength();
        var results = Enumerable.Range(0, count).Select(i =>
            $$"""{"sequenceNumber":{{i}},"success":true,"statusCode":200,"resourceType":"x","entities":{{(i % 2 == 0 ? Forecast : Notes)}}}""");
        await Json(context, $$"""{"results":[{{string.Join(',', results)}}]}""", 201);
    }
}
