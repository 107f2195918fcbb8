using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Ports;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.ConnectionTest;

public sealed class ConnectionTestTests
{
    private static readonly string[] Endpoints =
    [
        "system/members", "system/members/types", "company/companies", "company/companies/types", "company/companies/statuses",
        "company/contacts", "company/contacts/types", "procurement/catalog", "procurement/types", "procurement/categories",
        "finance/billingCycles", "sales/activities", "sales/activities/types", "sales/activities/statuses", "sales/opportunities",
        "sales/opportunities/types", "sales/opportunities/statuses", "sales/stages", "system/userDefinedFields",
    ];

    [Fact]
    public async Task Test_OfAWorkingConnection_PassesEachThingByName()
    {
        await using var f = await StartAsync();

        var report = await f.Client.TestAsync(default);

        Assert.True(report.Passed);
        Assert.Equal(["site", "company", "credentials", .. Endpoints], report.Checks.Select(c => c.Subject));
        Assert.All(report.Checks.Skip(3), c => Assert.Contains('›', c.Permission!));
    }

    [Fact]
    public async Task Test_WithoutOnePermission_FailsThatEndpointAloneAndNamesIt()
    {
        await using var f = await StartAsync();
        f.Site.On("procurement/catalog/count", (context, _) =>
            Json(context, """{"code":"Security","message":"You do not have security permission to perform this action."}""", 403));

        var report = await f.Client.TestAsync(default);

        var failed = Assert.Single(report.Checks, c => !c.Passed);
        Assert.Equal("procurement/catalog", failed.Subject);
        Assert.Equal("Procurement › Product Catalog: Inquire All", failed.Permission);
        Assert.Contains("security permission", failed.Cause, StringComparison.Ordinal);
        Assert.Contains("Product Catalog", failed.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"code":"Unauthorized","message":"x"}""")]
    [InlineData(404, """{"code":"ConnectWiseApi","message":"The endpoint does not exist."}""")]
    [InlineData(400, "Cannot route. Codebase/company is invalid")]
    public async Task Test_WithWrongKeys_FailsTheCredentialsWhateverTheSiteCallsIt(int status, string body)
    {
        await using var f = await SiteFixture.StartAsync();
        foreach (var endpoint in Endpoints)
        {
            f.Site.On(endpoint + "/count", (context, _) => Json(context, body, status));
        }

        var report = await f.Client.TestAsync(default);

        Assert.True(Check(report, "site").Passed);
        Assert.True(Check(report, "company").Passed);
        var credentials = Check(report, "credentials");
        Assert.False(credentials.Passed);
        Assert.Contains("private key", credentials.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfAnUnknownCompany_FailsTheCompanyAndTestsNothingBehindIt()
    {
        await using var f = await StartAsync();
        f.Site.OnPath(CompanyInfoPath, (context, _) => Json(context, "null"));

        var report = await f.Client.TestAsync(default);

        Assert.True(Check(report, "site").Passed);
        Assert.False(Check(report, "company").Passed);
        Assert.StartsWith("Not tested", Check(report, "credentials").Cause, StringComparison.Ordinal);
        Assert.Equal(3 + Endpoints.Length, report.Checks.Count);
        Assert.Empty(f.Site.ApiCalls);
    }

    [Fact]
    public async Task Test_OfASiteThatIsNotThere_FailsTheSite()
    {
        var f = await SiteFixture.StartAsync();
        await f.Site.DisposeAsync();

        var report = await f.Client.TestAsync(default);

        var site = Check(report, "site");
        Assert.False(site.Passed);
        Assert.NotNull(site.Cause);
        Assert.Contains("address", site.Remedy, StringComparison.Ordinal);
        Assert.False(report.Passed);
        await f.DisposeAsync();
    }

    private static ConnectionCheck Check(ConnectionTestReport report, string subject) => report.Checks.Single(c => c.Subject == subject);

    private static async Task<SiteFixture> StartAsync()
    {
        var f = await SiteFixture.StartAsync();
        foreach (var endpoint in Endpoints)
        {
            f.Site.On(endpoint + "/count", """{"count":3}""");
        }

        return f;
    }
}
