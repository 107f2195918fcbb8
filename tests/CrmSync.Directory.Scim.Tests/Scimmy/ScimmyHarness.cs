using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrmSync.Contracts.Employees;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Paths;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Scimmy;

/// <summary>scimmy, and clients of it; others use it over HTTP as well.</summary>
internal sealed class ScimmyHarness : IDirectoryHarness
{
    private readonly List<ScimDirectory> _clients = [];
    private readonly ScimmyServer _server;
    private readonly HttpClient _http;

    private ScimmyHarness(ScimmyServer server)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = server.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ScimmyServer.Token);
    }

    public LogCapture Log { get; } = new();

    public static async Task<ScimmyHarness> StartAsync() => new(await ScimmyServer.RentAsync());

    public IDirectory Open() => OpenScim();

    public ScimDirectory OpenScim()
    {
        var connection = new ScimConnection
        {
            Settings = new DirectorySettings { Kind = DirectoryKind.Scim, Address = _server.Address.ToString(), Targets = ScimHarness.Targets },
            Token = ScimmyServer.Token,
        };
        var client = new ScimDirectory(connection, TimeProvider.System, Log);
        _clients.Add(client);
        return client;
    }

    public async Task<CrmId> AddAsync(string firstName, string lastName, string email, string? employeeId = null)
    {
        var user = new JsonObject
        {
            ["schemas"] = new JsonArray(ScimPath.CoreSchema, ScimPath.EnterpriseSchema),
            ["userName"] = email,
            ["name"] = new JsonObject { ["givenName"] = firstName, ["familyName"] = lastName },
            ["emails"] = new JsonArray(new JsonObject { ["value"] = email, ["type"] = "work" }),
        };
        if (employeeId is not null)
        {
            user[ScimPath.EnterpriseSchema] = new JsonObject { ["employeeNumber"] = employeeId };
        }

        using var answer = await _http.PostAsJsonAsync("Users", user);
        answer.EnsureSuccessStatusCode();
        return new CrmId((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!);
    }

    public async Task EditPositionAsync(CrmId id, string position)
    {
        var patch = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
            ["Operations"] = new JsonArray(new JsonObject { ["op"] = "replace", ["path"] = "title", ["value"] = position }),
        };
        using var answer = await _http.PatchAsJsonAsync($"Users/{id}", patch);
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(CrmId id)
    {
        using var answer = await _http.DeleteAsync(new Uri($"Users/{id}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string?> PictureOfAsync(CrmId id) =>
        (string?)(await _http.GetFromJsonAsync<JsonObject>($"Users/{id}"))!["photos"]?.AsArray().FirstOrDefault()?["value"];

    public Task PassTimeAsync() => Task.Delay(TimeSpan.FromSeconds(1.1));

    public ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        _http.Dispose();
        _server.GiveBack();
        Assert.DoesNotContain(
            Log.Lines, line => line.Contains(ScimmyServer.Token, StringComparison.Ordinal) || line.Contains('@', StringComparison.Ordinal));
        return ValueTask.CompletedTask;
    }
}
