using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace CrmSync.Api.Tests;

public sealed partial class OpenApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Document_EveryMappedRoute_IsListedAndNoOther()
    {
        var listed = (await OperationsAsync()).Select(operation => $"{operation.Method} {operation.Path}").Order();
        var mapped = api.Routes.SelectMany(route =>
            route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                $"{method} {Constraint().Replace(route.RoutePattern.RawText!, "{$1}")}")).Order();

        Assert.Equal(mapped, listed);
    }

    [Fact]
    public async Task Document_EveryListedRoute_Answers()
    {
        foreach (var operation in await OperationsAsync())
        {
            var path = operation.Path.Replace("{tenant}", "acme", StringComparison.Ordinal).Replace("{step}", "connection", StringComparison.Ordinal)
                .Replace("{entity}", "companies", StringComparison.Ordinal).Replace("{run}", "none", StringComparison.Ordinal)
                .Replace("{id}", "none", StringComparison.Ordinal);

            var answer = await api.SendAsync(new HttpMethod(operation.Method), path, api.Operator);

            Assert.True(operation.Value.GetProperty("responses").TryGetProperty($"{answer.Status}", out _),
                $"{operation.Method} {path} answered {answer.Status}, which is not described: {answer.Text}");
            Assert.DoesNotContain(answer.Status >= 400 ? answer.Member("code") : null, new[] { "route-unknown", "method-not-allowed" });
        }
    }

    [Fact]
    public async Task Document_EveryOperation_DescribesKeyBodyParametersAndProblems_AX1()
    {
        foreach (var (method, path, value) in await OperationsAsync())
        {
            var at = $"{method} {path}";
            var open = path is "/api/health" or "/api/health/ready" or "/api/openapi.json" or "/api/pictures/{tenant}/{hash}";
            Assert.True(open != value.TryGetProperty("security", out _), at);
            Assert.False(string.IsNullOrEmpty(value.GetProperty("operationId").GetString()), at);
            Assert.False(string.IsNullOrEmpty(value.GetProperty("summary").GetString()), at);
            Assert.True(method is not "PUT" || value.TryGetProperty("requestBody", out _), at);
            foreach (var parameter in value.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
            {
                Assert.False(string.IsNullOrEmpty(parameter.GetProperty("description").GetString()), at);
            }

            foreach (var response in value.GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5'))
            {
                Assert.True(response.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{at} {response.Name}");
            }

            Assert.True(open || value.GetProperty("responses").TryGetProperty("401", out _), at);
        }
    }

    [Fact]
    public async Task Document_EveryReference_LeadsSomewhere()
    {
        var text = (await api.SendAsync(HttpMethod.Get, "/api/openapi.json", null)).Is(200).Text;
        var schemas = JsonDocument.Parse(text).RootElement.GetProperty("components").GetProperty("schemas");

        Assert.All(Reference().Matches(text).Select(match => match.Groups[1].Value).Distinct(), name => Assert.True(schemas.TryGetProperty(name, out _), name));
        Assert.Equal("string", schemas.GetProperty("TenantId").GetProperty("type").GetString());
        Assert.Equal("integer", schemas.GetProperty("StepView").GetProperty("properties").GetProperty("version").GetProperty("type").GetString());
        Assert.Equal(7, schemas.GetProperty("StepView").GetProperty("properties").GetProperty("settings").GetProperty("anyOf").GetArrayLength());
        Assert.Equal("string",
            schemas.GetProperty("RecordLogEntry").GetProperty("properties").GetProperty("candidates").GetProperty("items").GetProperty("type").GetString());
        Assert.Equal(["connectWise", "crm"], schemas.GetProperty("FieldMapping").GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(7, JsonDocument.Parse(text).RootElement.GetProperty("paths").GetProperty("/api/tenants/{tenant}/setup/{step}").GetProperty("put")
            .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("anyOf").GetArrayLength());
    }

    private async Task<List<(string Method, string Path, JsonElement Value)>> OperationsAsync()
    {
        var document = (await api.SendAsync(HttpMethod.Get, "/api/openapi.json", null)).Is(200).Json;
        return
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(path =>
                path.Value.EnumerateObject().Select(operation => (operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
        ];
    }

    [GeneratedRegex(@"\{(\w+):[^}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();
}
