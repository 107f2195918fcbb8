using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Scim.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>A SCIM server of our own on a real port: strict, or as its options say.</summary>
internal sealed class ScimServer : IAsyncDisposable
{
    public const string Token = "s3cr3t-token-of-the-directory";

    private readonly WebApplication _web;
    private readonly ScimServerOptions _options;
    private readonly ServerLists _lists;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Random _random = new(20261122);
    private int _count;

    private ScimServer(WebApplication web, ScimServerOptions options)
    {
        (_web, _options, Store) = (web, options, new ScimStore(options));
        _lists = new ServerLists(Store, options);
    }

    public Uri Address => new(_web.Urls.Single() + "/scim/v2/");

    public ScimStore Store { get; }

    /// <summary>Happens once, just before the next change of a user is looked at; null for nothing.</summary>
    public Action? BeforeNextChange { get; set; }

    /// <summary>What was asked: method, path and query.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<ScimServer> StartAsync(ScimServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        var server = new ScimServer(web, options);
        web.Run(server.AnswerAsync);
        await web.StartAsync();
        return server;
    }

    /// <summary>Nobody answers any more.</summary>
    public Task StopAsync() => _web.StopAsync();

    public async ValueTask DisposeAsync() => await _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        var number = Interlocked.Increment(ref _count);
        if (Befalls(_options.LosesRequestsEach))
        {
            http.Abort();
        }
        else if (Befalls(_options.ThrottlesEach))
        {
            http.Response.Headers.RetryAfter = (number % 3) switch { 0 => "2", 1 => "Mon, 02 Nov 2099 08:00:00 GMT", _ => "999999999" };
            await ServerAnswers.ErrorAsync(http, 429, null, _options);
        }
        else if (http.Request.Headers.Authorization != $"Bearer {Token}")
        {
            await ServerAnswers.ErrorAsync(http, 401, null, _options);
        }
        else
        {
            await RouteAsync(http, (http.Request.Path.Value ?? "").Replace("/scim/v2/", "", StringComparison.Ordinal).Split('/'));
        }
    }

    // One in so many, but in no rhythm into which a client that repeats itself could fall.
    private bool Befalls(int oneIn)
    {
        lock (_random)
        {
            return oneIn > 0 && _random.Next(oneIn) == 0;
        }
    }

    private Task RouteAsync(HttpContext http, string[] path) => (http.Request.Method, path) switch
    {
        ("GET", ["ServiceProviderConfig"]) when _options.Discovery => ServerAnswers.SendAsync(http, 200, ServerDescription.Configuration(_options)),
        ("GET", ["ResourceTypes"]) when _options.Discovery => ServerAnswers.SendAsync(http, 200, ServerDescription.ResourceTypes(_options)),
        ("GET", ["Schemas"]) when _options is { Discovery: true, SchemasTold: true } => ServerAnswers.SendAsync(http, 200, ServerDescription.Schemas(_options)),
        ("GET", ["Users"]) => _lists.AnswerAsync(http),
        ("POST", ["Users"]) => CreateAsync(http),
        (_, ["Users", var id]) => OneAsync(http, Uri.UnescapeDataString(id)),
        _ => ServerAnswers.ErrorAsync(http, 404, null, _options),
    };

    private async Task CreateAsync(HttpContext http)
    {
        if (await BodyAsync(http) is not { } user || ScimJson.Text(user["userName"]) is not { Length: > 0 } name || user["schemas"] is not JsonArray)
        {
            await ServerAnswers.ErrorAsync(http, 400, "invalidValue", _options);
            return;
        }

        JsonObject? added;
        lock (Store.Lock)
        {
            added = Store.IsTaken(name, null) ? null : Store.Add(user).DeepClone().AsObject();
        }

        if (Befalls(_options.LosesAnswersToPostEach))
        {
            http.Abort();
        }
        else if (added is null)
        {
            await ServerAnswers.ErrorAsync(http, 409, "uniqueness", _options);
        }
        else
        {
            await ServerAnswers.UserAsync(http, 201, added, _options);
        }
    }

    private async Task OneAsync(HttpContext http, string id)
    {
        var body = http.Request.Method is "PUT" or "PATCH" ? await BodyAsync(http) : null;
        if (body is not null && BeforeNextChange is { } happens)
        {
            BeforeNextChange = null;
            happens();
        }

        int status;
        string? error;
        JsonObject? user;
        lock (Store.Lock)
        {
            (status, error, user) = Do(http, id, body);
            user = user?.DeepClone().AsObject();
        }

        if (user is null || status == 204)
        {
            http.Response.StatusCode = status;
            await (status == 204 ? Task.CompletedTask : ServerAnswers.ErrorAsync(http, status, error, _options));
            return;
        }

        await ServerAnswers.UserAsync(http, status, user, _options);
    }

    private (int Status, string? Error, JsonObject? User) Do(HttpContext http, string id, JsonObject? body)
    {
        if (Store.Find(id) is not { } user)
        {
            return (404, null, null);
        }

        var version = http.Request.Headers.IfMatch.ToString();
        if (_options.EtagSupported && version.Length > 0 && version != user["meta"]!["version"]!.GetValue<string>())
        {
            return (412, null, null);
        }

        return http.Request.Method switch
        {
            "GET" => (200, null, user),
            "DELETE" when _options.KeepsUsers => (405, null, null),
            "DELETE" => (Store.Remove(id) ? 204 : 404, null, null),
            "PATCH" when !_options.PatchSupported => (501, null, null),
            "PATCH" or "PUT" when body is null => (400, "invalidSyntax", null),
            "PATCH" when _options.AppliesNothing => (200, null, user),
            "PATCH" => Change(id, ServerPatch.Apply(user, body!, _options), _options.AnswersPatchWithNothing ? 204 : 200),
            "PUT" => Change(id, (body!, null), 200),
            _ => (405, null, null),
        };
    }

    private (int Status, string? Error, JsonObject? User) Change(string id, (JsonObject? User, string? Error) after, int status)
    {
        if (after.User is not { } user || ScimJson.Text(user["userName"]) is not { } name)
        {
            return (400, after.Error ?? "invalidValue", null);
        }

        return Store.IsTaken(name, id) ? (409, "uniqueness", null) : (status, null, Store.Replace(id, user));
    }

    private static async Task<JsonObject?> BodyAsync(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory);
        try
        {
            return ScimJson.Parse(memory.ToArray()) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
