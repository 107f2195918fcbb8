using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Http;

public sealed class RoutingTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;

    public async Task InitializeAsync() => _host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task CompanyInfo_KnownCompany_NamesTheCodebase()
    {
        var info = await FromRootAsync("login/companyinfo/simmsp");

        Assert.Equal(("v2025_1/", true), ((string)JsonNode.Parse(info.Body)!["Codebase"]!, (bool)JsonNode.Parse(info.Body)!["IsCloud"]!));
    }

    [Fact]
    public async Task CompanyInfo_UnknownCompany_IsNull() => Assert.Equal((HttpStatusCode.OK, "null"), await FromRootAsync("login/companyinfo/other"));

    [Theory]
    [InlineData("v4_6_release", HttpStatusCode.OK)]
    [InlineData("v2025_1", HttpStatusCode.OK)]
    [InlineData("v2024_1", HttpStatusCode.BadRequest)]
    public async Task Codebase_RightOrWrong_IsRoutedOrNot(string codebase, HttpStatusCode status)
    {
        var answer = await FromRootAsync($"{codebase}/apis/3.0/company/companies/count");

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == HttpStatusCode.BadRequest, answer.Body == "Cannot route. Codebase/company is invalid");
    }

    [Fact]
    public async Task Codebase_Moved_Leaves404BehindAndIsFoundAnew()
    {
        _host.Server.Switches.Codebase = "v2025_2";

        Assert.Equal(HttpStatusCode.NotFound, (await FromRootAsync("v2025_1/apis/3.0/company/companies/count")).Status);
        Assert.Equal(HttpStatusCode.OK, (await FromRootAsync("v2025_2/apis/3.0/company/companies/count")).Status);
        Assert.Contains("\"v2025_2/\"", (await FromRootAsync("login/companyinfo/simmsp")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("company/nothing")]
    [InlineData("company/companies/250/nothing")]
    [InlineData("")]
    public async Task Route_Unknown_Answers404InItsWords(string path)
    {
        var (status, body) = await _host.RefusedAsync(path);

        Assert.Equal((404, "ConnectWiseApi", "The endpoint does not exist."), (status, (string)body["code"]!, (string)body["message"]!));
    }

    [Theory]
    [InlineData("company/contacts/57919", "Contact 57919 not found")]
    [InlineData("company/companies/1", "Company 1 not found")]
    [InlineData("sales/opportunities/1/forecast", "Opportunity 1 not found")]
    [InlineData("system/members/nobody", "Member nobody not found")]
    public async Task Record_Unknown_Answers404InItsWords(string path, string message)
    {
        var (status, body) = await _host.RefusedAsync(path);

        Assert.Equal((404, "NotFound", message), (status, (string)body["code"]!, (string)body["message"]!));
    }

    [Fact]
    public async Task Path_WithDoubledSlashes_IsTheSamePath() =>
        Assert.Equal(HttpStatusCode.OK, (await FromRootAsync("v4_6_release/apis/3.0//company/companies/count")).Status);

    [Fact]
    public async Task Path_WrittenWith_AMethodThatIsNotThere_Answers405()
    {
        using var response = await _host.Client.DeleteAsync("company/companies/250");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Member_ByIdentifier_IsTheMember()
    {
        var member = (await _host.ListAsync("system/members?pageSize=1&page=2"))[0];

        Assert.Equal((int)member["id"]!, (int)(await _host.GetAsync($"system/members/{((string)member["identifier"]!).ToUpperInvariant()}"))["id"]!);
    }

    [Fact]
    public async Task Headers_OnEveryAnswer_AreThere()
    {
        _host.Server.Clock.Skew = TimeSpan.FromDays(-400);

        using var response = await _host.Client.GetAsync("company/companies/count");

        Assert.True(response.Headers.Contains("x-cw-request-id"));
        Assert.True(response.Headers.Contains("api-current-version"));
        Assert.InRange(response.Headers.Date!.Value, _host.Server.Clock.Now.AddMinutes(-5), _host.Server.Clock.Now);
    }

    [Fact]
    public async Task Requests_Counted_AreCountedByPathWithoutIds()
    {
        _host.Server.Switches.CountsPaths = true;
        _host.Server.Requests.Reset();

        await _host.GetAsync("company/companies/count");
        await _host.RefusedAsync("company/companies/1");
        await _host.RefusedAsync("company/companies/2");

        Assert.Equal((3, 2, 2), (_host.Server.Requests.Total, _host.Server.Requests.ByPath["company/companies/#"], _host.Server.Requests.ByStatus[404]));
    }

    private async Task<(HttpStatusCode Status, string Body)> FromRootAsync(string path)
    {
        using var response = await _host.Client.GetAsync(new Uri(_host.Server.BaseAddress, path));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
