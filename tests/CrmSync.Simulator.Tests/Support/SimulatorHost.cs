using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Simulator.Tests.Support;

/// <summary>A running simulator and a client that has its credentials; as a class fixture, one for all read-only tests of a class.</summary>
public sealed class SimulatorHost : IAsyncLifetime, IAsyncDisposable
{
    private readonly SimulatorOptions _options;

    public SimulatorHost()
        : this(new SimulatorOptions())
    {
    }

    private SimulatorHost(SimulatorOptions options) => _options = options;

    public SimulatorServer Server { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public static async Task<SimulatorHost> StartAsync(SimulatorOptions? options = null)
    {
        var host = new SimulatorHost(options ?? new SimulatorOptions());
        await host.InitializeAsync();
        return host;
    }

    public static AuthenticationHeaderValue Basic(string credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    public async Task InitializeAsync()
    {
        Server = await SimulatorServer.StartAsync(_options);
        Client = new HttpClient { BaseAddress = new Uri(Server.BaseAddress, "v4_6_release/apis/3.0/") };
        Client.DefaultRequestHeaders.Authorization = Basic($"{_options.CompanyId}+{_options.PublicKey}:{_options.PrivateKey}");
        Client.DefaultRequestHeaders.Add("clientId", "0d9e4d5e-55f6-4be0-8f0b-52d8bf0b4a3b");
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonObject[]> ListAsync(string path) => [.. (await GetAsync(path)).AsArray().Select(n => n!.AsObject())];

    public async Task<(int Status, JsonNode Body)> RefusedAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        Assert.False(response.IsSuccessStatusCode);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
