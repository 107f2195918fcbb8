using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmSync.Api.Endpoints;
using CrmSync.Api.Tests.Fakes;
using CrmSync.Core.Access;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Core.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Api.Tests;

/// <summary>The API on a real port, over ports in memory: the tenants "acme" and "beta", a key for each, and an operator's.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private readonly List<string> _bodies = [];
    private WebApplication? _app;
    private HttpClient? _client;

    public string Operator { get; private set; } = string.Empty;

    public string Acme { get; private set; } = string.Empty;

    public string Beta { get; private set; } = string.Empty;

    internal SetupWorld World { get; } = new();

    internal MemoryRunStore Runs { get; } = new();

    internal MemoryBackupStore Backups { get; } = new();

    internal MemoryInvitationStore Invitations { get; } = new();

    internal MemorySender Sender { get; } = new();

    internal MemoryPictureStore Pictures { get; } = new();

    internal PictureAddresses Addresses => _app!.Services.GetRequiredService<PictureAddresses>();

    internal MemoryCrmBrowser Crm { get; } = new();

    internal MemoryTenantStore Tenants { get; } = new();

    internal CapturedLogs Logs { get; } = new();

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    internal IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_app!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Every body and header that was answered so far.</summary>
    public IReadOnlyList<string> Answered => _bodies;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<ITenantStore>(Tenants);
        builder.Services.AddSingleton<ISetupStore>(World.Setups);
        builder.Services.AddSingleton<ISecretStore>(World.Secrets);
        builder.Services.AddSingleton<ISystems>(World);
        builder.Services.AddSingleton<ILinkStore>(World.Links);
        builder.Services.AddSingleton<IRunStore>(Runs);
        builder.Services.AddSingleton<IBackupStore>(Backups);
        builder.Services.AddSingleton<IWorkflowHost>(new IdleWorkflowHost(Runs));
        builder.Services.AddSingleton<ICrmBrowser>(Crm);
        builder.Services.AddSingleton<IInvitationStore>(Invitations);
        builder.Services.AddSingleton<IInvitationSender>(Sender);
        builder.Services.AddSingleton<IPictureStore>(Pictures);
        builder.Services.AddSingleton(new PublicAddress(new Uri("https://sync.example.com/")));
        builder.Services.AddCrmSyncApi();
        _app = builder.Build();
        _app.MapCrmSync();
        await _app.StartAsync();
        _client = Connect(_app.Urls.Single());

        var access = _app.Services.GetRequiredService<AccessService>();
        await access.AddTenantAsync("acme", "Acme MSP", default);
        await access.AddTenantAsync("beta", "Beta MSP", default);
        Operator = (await access.IssueKeyAsync(null, "operator", default)).Value!.Key;
        Acme = (await access.IssueKeyAsync(new TenantId("acme"), "acme", default)).Value!.Key;
        Beta = (await access.IssueKeyAsync(new TenantId("beta"), "beta", default)).Value!.Key;
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        await _app!.DisposeAsync();
    }

    public Task<Answer> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, key ?? Acme);

    public Task<Answer> PutAsync(string path, object body, string? key = null) =>
        SendAsync(HttpMethod.Put, path, key ?? Acme, Json(Core.CoreJson.Serialize(body)));

    public Task<Answer> PostAsync(string path, string? json = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, key ?? Acme, json is null ? null : Json(json));

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? key, HttpContent? content = null, string? functionsKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (functionsKey is not null)
        {
            request.Headers.Add("x-functions-key", functionsKey);
        }

        using var response = await _client!.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        _bodies.Add($"{response.Headers} {text}");
        return new Answer(
            (int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType, response.Headers.Location?.ToString(),
            [.. response.Content.Headers.Allow], response.Headers.ToString());
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    internal Task SaveUpToAsync(SetupStep step) => World.SaveUpToAsync(step);

    private static HttpClient Connect(string address) => new() { BaseAddress = new Uri(address) };
}

/// <summary>What was answered.</summary>
public sealed record Answer(int Status, string Text, string? MediaType, string? Location, IReadOnlyList<string> Allow, string Headers = "")
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Member(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>Asserts that this is a whole problem document with a code.</summary>
    public Answer IsProblem(int status, string code)
    {
        Assert.True(status == Status, $"{Status} instead of {status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(($"/problems/{code}", code, status), (Member("type"), Member("code"), Json.GetProperty("status").GetInt32()));
        Assert.All(new[] { "title", "detail", "remedy" }, name => Assert.False(string.IsNullOrWhiteSpace(Member(name))));
        return this;
    }

    public Answer Is(int status)
    {
        Assert.True(status == Status, $"{Status} instead of {status}: {Text}");
        return this;
    }
}
