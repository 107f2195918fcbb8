using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CrmSync.ConnectWise.Tests.Support;

/// <summary>One request as the site got it.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Parameter(string name) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query).GetValueOrDefault(name).ToString();
}

/// <summary>A web server on loopback that answers as a test says, call by call. It knows companyinfo and nothing else.</summary>
internal sealed class ScriptedSite : IAsyncDisposable
{
    public const string Codebase = "v2025_1/";
    public const string CompanyInfoPath = "/login/companyinfo/acme";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, int, Task>> _answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private ScriptedSite(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>Requests other than companyinfo.</summary>
    public IReadOnlyList<SeenRequest> ApiCalls => [.. _seen.Where(r => r.Path.Contains("/apis/", StringComparison.Ordinal))];

    public static async Task<ScriptedSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var site = new ScriptedSite(app);
        site.OnPath(CompanyInfoPath, (context, _) => Json(context, CompanyInfo(Codebase)));
        app.Run(site.AnswerAsync);
        await app.StartAsync();
        site.Address = new Uri(app.Urls.Single());
        return site;
    }

    public static string CompanyInfo(string codebase) =>
        $$"""{"CompanyName":"Acme","Codebase":"{{codebase}}","VersionCode":"v2025.1","VersionNumber":"v2025.1.1","CompanyID":"acme","IsCloud":true,"SiteUrl":"api-na.myconnectwise.net"}""";

    /// <summary>Answers a path below <c>apis/3.0/</c> of the first codebase; the number counts its calls from 0.</summary>
    public ScriptedSite On(string path, Func<HttpContext, int, Task> answer) => OnPath($"/{Codebase}apis/3.0/{path}", answer);

    /// <inheritdoc cref="On(string, Func{HttpContext, int, Task})" />
    public ScriptedSite On(string path, string json) => On(path, (context, _) => Json(context, json));

    public ScriptedSite OnPath(string path, Func<HttpContext, int, Task> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public static Task Json(HttpContext context, string body, int status = 200) => Send(context, body, status, "application/json; charset=utf-8");

    public static async Task Send(HttpContext context, string body, int status, string contentType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    }

    public static Task Throttle(HttpContext context, string? retryAfter)
    {
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return Json(context, """{"error":"ConnectWiseAPI","message":"Too many requests. Please try again in 30 seconds."}""", 429);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        context.Items["body"] = body;
        var path = context.Request.Path.Value!;

        // The path as it was sent: the server itself would fold "//" and "..".
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        _seen.Enqueue(new SeenRequest(
            context.Request.Method, raw, context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        var call = _calls.AddOrUpdate(path, 0, (_, n) => n + 1);
        if (_answers.TryGetValue(path, out var answer))
        {
            await answer(context, call);
        }
        else
        {
            await Json(context, """{"code":"ConnectWiseApi","message":"The endpoint does not exist."}""", 404);
        }
    }
}
