using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Crm.Http.Tests.Specification;

/// <summary>Holds every real body, status and header that passes against the contract's file.</summary>
internal sealed class BodyWatch(JsonObject file)
{
    private readonly ConcurrentQueue<string> _problems = new();

    public IReadOnlyCollection<string> Problems => _problems;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Request.EnableBuffering();
        var operation = OperationOf(http);
        var answered = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = answered;
        }

        if (operation is not null && http.Response.StatusCode != 499)
        {
            await CheckAsync(http, operation, buffer);
        }

        await answered.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }

    private JsonObject? OperationOf(HttpContext http)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return route is null ? null : file["paths"]![route]?[http.Request.Method.ToLowerInvariant()]?.AsObject();
    }

    private async Task CheckAsync(HttpContext http, JsonObject operation, MemoryStream answer)
    {
        var at = $"{http.Request.Method} {http.Request.Path} {http.Response.StatusCode}";
        if (http.Response.StatusCode < 400 && operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } asked)
        {
            http.Request.Body.Position = 0;
            Note($"{at} request", asked, await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted));
        }

        if (operation["responses"]?[$"{http.Response.StatusCode}"] is not { } declared)
        {
            _problems.Enqueue($"{at} is not described");
            return;
        }

        var type = http.Response.ContentType?.Split(';')[0] ?? "";
        if (ContractFile.Follow(file, declared)["content"]?[type]?["schema"] is not { } schema)
        {
            _problems.Enqueue($"{at} answers with {type}, which is not described");
            return;
        }

        Note($"{at} answer", schema, JsonSerializer.Deserialize<JsonNode>(answer.GetBuffer().AsSpan(0, (int)answer.Length)));
    }

    private void Note(string at, JsonNode schema, JsonNode? body)
    {
        foreach (var problem in new SchemaCheck(file).Check(schema, body).Take(3))
        {
            _problems.Enqueue($"{at}: {problem}");
        }
    }
}
