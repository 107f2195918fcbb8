using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Tests.Support;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.Discovery;

public sealed class DiscoveryTests
{
    private static readonly ApiCall Companies = new() { Path = "company/companies", IsList = true };

    [Fact]
    public async Task Location_AskedOften_IsReadOnce()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies", "[]");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => f.Api.SendAsync(Companies, default)));

        Assert.Single(f.Site.Seen, r => r.Path == CompanyInfoPath);
    }

    [Fact]
    public async Task CompanyInfo_IsAsked_WithoutCredentials()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies", "[]");

        await f.Api.SendAsync(Companies, default);

        var discovery = f.Site.Seen.Single(r => r.Path == CompanyInfoPath);
        Assert.False(discovery.Headers.ContainsKey("Authorization"));
        Assert.False(discovery.Headers.ContainsKey("clientId"));
    }

    [Theory]
    [InlineData("null", 200)]
    [InlineData("""{"code":"NotFound","message":"Company not found"}""", 404)]
    [InlineData("", 404)]
    [InlineData("""{"Codebase":"../../evil/"}""", 200)]
    public async Task CompanyInfo_NoSuchCompany_IsUnknownCompany(string body, int status)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.OnPath(CompanyInfoPath, (context, _) => Json(context, body, status));

        var result = await f.Api.SendAsync(Companies, default);

        Assert.Equal(ConnectWiseErrorCategory.UnknownCompany, result.Error!.Category);
        Assert.False(result.Error.RetryHelps);
        Assert.Empty(f.Site.ApiCalls);
    }

    [Fact]
    public async Task CompanyInfo_AnsweredByAWebPage_IsNotConnectWise()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.OnPath(CompanyInfoPath, (context, _) => Send(context, "<html><title>Welcome</title></html>", 200, "text/html"));

        var result = await f.Api.SendAsync(Companies, default);

        Assert.Equal(ConnectWiseErrorCategory.NotConnectWise, result.Error!.Category);
        Assert.Contains("Welcome", result.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("false", false)]
    [InlineData("\"False\"", false)]
    public void CompanyInfo_IsCloud_IsReadAsBooleanOrWord(string value, bool isCloud)
    {
        var info = ConnectWise.Discovery.CompanyInfo.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"Codebase":"v4_6_release/","IsCloud":{{value}}}"""));

        Assert.Equal(isCloud, info!.IsCloud);
        Assert.Equal("v4_6_release/", info.Codebase);
    }

    [Theory]
    [InlineData(404, """{"code":"ConnectWiseApi","message":"The endpoint does not exist."}""")]
    [InlineData(400, "Cannot route. Codebase/company is invalid")]
    [InlineData(404, "")]
    [InlineData(404, """{"code":"NotFound","message":"Not found"}""")]
    public async Task List_AfterTheCodebaseMoved_IsReadThere(int status, string body)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies", (context, _) => Send(context, body, status, "text/plain"))
            .OnPath("/v2026_1/apis/3.0/company/companies", (context, _) => Json(context, "[]"))
            .OnPath(CompanyInfoPath, (context, n) => Json(context, CompanyInfo(n == 0 ? Codebase : "v2026_1/")));

        var result = await f.Api.SendAsync(Companies, default);

        Assert.NotNull(result.Response);
        Assert.Equal(2, f.Site.Seen.Count(r => r.Path == CompanyInfoPath));
        Assert.Contains(f.Log.Lines, line => line.Contains("v2026_1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MissingEndpoint_InAnUnmovedCodebase_AsksCompanyInfoOnceMoreAndNotEachTime()
    {
        await using var f = await SiteFixture.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            var result = await f.Api.SendAsync(Companies, default);
            Assert.Equal(ConnectWiseErrorCategory.NotFound, result.Error!.Category);
        }

        Assert.Equal(2, f.Site.Seen.Count(r => r.Path == CompanyInfoPath));
    }
}
