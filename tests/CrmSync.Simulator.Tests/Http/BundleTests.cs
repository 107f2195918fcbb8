using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Http;

public sealed class BundleTests : IAsyncLifetime
{
    private SimulatorHost _host = null!;

    public async Task InitializeAsync() => _host = await SimulatorHost.StartAsync(new SimulatorOptions { LargestBundle = 3 });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Bundle_OfForecastsAndNotes_HoldsWhatTheirPathsShow()
    {
        var id = _host.Server.Account.Ids(SimulatedList.Opportunity).First();

        var results = await BundleAsync(Request(7, "opportunityforecast", new() { ["parentId"] = id }),
            Request(8, "opportunitynote", new() { ["parentId"] = id }));

        Assert.Equal([7, 8], results.Select(r => (int)r["sequenceNumber"]!));
        Assert.True(JsonNode.DeepEquals(await _host.GetAsync($"sales/opportunities/{id}/forecast"), results[0]["entities"]));
        Assert.True(JsonNode.DeepEquals(await _host.GetAsync($"sales/opportunities/{id}/notes"), results[1]["entities"]));
    }

    [Fact]
    public async Task Bundle_OfLists_KeepsConditionsPagesAndFields()
    {
        var id = _host.Server.Account.Ids(SimulatedList.Contact).Last();

        var results = await BundleAsync(
            Request(1, "company", new()
            {
                ["filters"] = new JsonObject { ["conditions"] = "id > 300", ["orderBy"] = "id desc" },
                ["page"] = new JsonObject { ["page"] = 2, ["pageSize"] = 7 },
                ["fields"] = "id,name"
            }),
            Request(2, "contact", new() { ["id"] = id, ["fields"] = "id" }));

        Assert.True(JsonNode.DeepEquals(await _host.GetAsync("company/companies?conditions=id>300&orderBy=id desc&page=2&pageSize=7&fields=id,name"),
            results[0]["entities"]));
        Assert.Equal((7, id), ((int)results[0]["count"]!, (int)results[1]["entities"]![0]!["id"]!));
    }

    [Fact]
    public async Task Bundle_WithBadRequests_RefusesThoseAlone()
    {
        _host.Server.Switches.Deny(PermissionLines.Opportunity);

        var results = await BundleAsync(
            Request(1, "company", new() { ["filters"] = new JsonObject { ["conditions"] = "nope = 1" } }),
            Request(2, "opportunitynote", new() { ["parentId"] = 1 }),
            Request(3, "country", []));

        Assert.Equal([400, 403, 200], results.Select(r => (int)r["statusCode"]!));
        Assert.Equal("ApiFindCondition", (string)results[0]["error"]!["code"]!);
    }

    [Fact]
    public async Task Bundle_OverTheMaximum_IsRefusedWhole()
    {
        using var response = await PostAsync([.. Enumerable.Range(0, 4).Select(i => Request(i, "country", []))]);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("InvalidObject", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bundle_WhereThereIsNone_Answers404()
    {
        _host.Server.Switches.HasBundles = false;

        using var response = await PostAsync(Request(1, "country", []));

        Assert.Equal(404, (int)response.StatusCode);
    }

    private static JsonObject Request(int number, string type, JsonObject apiRequest) =>
        new() { ["sequenceNumber"] = number, ["resourceType"] = type, ["apiRequest"] = apiRequest };

    private async Task<JsonObject[]> BundleAsync(params JsonObject[] requests)
    {
        using var response = await PostAsync(requests);
        Assert.Equal(201, (int)response.StatusCode);
        return [.. JsonNode.Parse(await response.Content.ReadAsStringAsync())!["results"]!.AsArray().Select(r => r!.AsObject())];
    }

    private async Task<HttpResponseMessage> PostAsync(params JsonObject[] requests)
    {
        var body = new JsonObject { ["requests"] = new JsonArray([.. requests]) };
        return await _host.Client.PostAsync("system/bundles", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));
    }
}
