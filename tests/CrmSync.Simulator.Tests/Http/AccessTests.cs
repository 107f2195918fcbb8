using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Http;

public sealed class AccessTests : IAsyncLifetime
{
    private const string Right = "simmsp+SimulatorPublic:SimulatorPrivate";
    private const string Client = "0d9e4d5e-55f6-4be0-8f0b-52d8bf0b4a3b";

    private SimulatorHost _host = null!;

    public async Task InitializeAsync() => _host = await SimulatorHost.StartAsync(new SimulatorOptions { Members = 3 });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(Right, Client, 200, "")]
    [InlineData(null, Client, 401, "Unauthorized")]
    [InlineData("simmsp+SimulatorPublic:wrong", Client, 401, "ConnectWiseApi")]
    [InlineData("other+SimulatorPublic:SimulatorPrivate", Client, 401, "ConnectWiseApi")]
    [InlineData(Right, null, 401, "Unauthorized")]
    [InlineData(Right, "no guid", 401, "Unauthorized")]
    public async Task Credentials_EachCase_IsAnsweredAsDocumented(string? credentials, string? clientId, int status, string code)
    {
        var answer = await AskAsync("company/companies/count", credentials, clientId);

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, (string?)JsonNode.Parse(answer.Body)!["code"] ?? "");
    }

    [Fact]
    public async Task ClientId_MissingWith403Chosen_Answers403()
    {
        _host.Server.Switches.MissingClientIdStatus = 403;

        Assert.Equal(403, (await AskAsync("company/companies/count", Right, null)).Status);
    }

    [Theory]
    [InlineData(RefusalManner.NotFound, 404)]
    [InlineData(RefusalManner.CannotRoute, 400)]
    public async Task Credentials_WrongOnASiteThatHidesIt_AnswersAsThatSite(RefusalManner manner, int status)
    {
        _host.Server.Switches.Refusal = manner;

        Assert.Equal(status, (await AskAsync("company/companies/count", "a+b:c", Client)).Status);
    }

    [Fact]
    public async Task Info_WithoutCredentials_AnswersUnlessClosed()
    {
        Assert.Equal(200, (await AskAsync("system/info", null, null)).Status);

        _host.Server.Switches.IsInfoOpen = false;
        Assert.Equal(401, (await AskAsync("system/info", null, null)).Status);
    }

    [Theory]
    [InlineData(PermissionLines.CompanyMaintenance, "company/companies", "company/contacts")]
    [InlineData(PermissionLines.Contacts, "company/contacts/count", "company/companies")]
    [InlineData(PermissionLines.Opportunity, "sales/opportunities", "sales/activities")]
    [InlineData(PermissionLines.SalesActivity, "sales/activities", "sales/opportunities")]
    [InlineData(PermissionLines.ProductCatalog, "procurement/catalog", "procurement/types")]
    [InlineData(PermissionLines.MemberMaintenance, "system/members/somebody", "system/locations")]
    [InlineData(PermissionLines.TableSetup, "company/companies/types", "company/companies")]
    [InlineData(PermissionLines.ManageDocuments, "system/documents/1/download", "system/members")]
    public async Task Permission_Denied_Answers403UntilGivenBack(string line, string denied, string allowed)
    {
        _host.Server.Switches.Deny(line);

        var (status, body) = await _host.RefusedAsync(denied);

        Assert.Equal((403, "Security"), (status, (string)body["code"]!));
        Assert.Equal("You do not have security permission to perform this action.", (string)body["message"]!);
        await _host.GetAsync(allowed);
        _host.Server.Switches.Allow(line);
        Assert.NotEqual(403, (int)(await _host.Client.GetAsync(denied)).StatusCode);
    }

    private async Task<(int Status, string Body)> AskAsync(string path, string? credentials, string? clientId)
    {
        using var client = new HttpClient { BaseAddress = _host.Client.BaseAddress };
        if (credentials is not null)
        {
            client.DefaultRequestHeaders.Authorization = SimulatorHost.Basic(credentials);
        }

        if (clientId is not null)
        {
            client.DefaultRequestHeaders.Add("clientId", clientId);
        }

        using var response = await client.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
