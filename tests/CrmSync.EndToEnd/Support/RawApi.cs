using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.EndToEnd.Support;

/// <summary>The API as anybody may call it, right or wrong.</summary>
internal sealed class RawApi(Uri server, string? key)
{
    private static readonly HttpClient Http = new();

    /// <summary>Sends a request and answers status and document.</summary>
    public async Task<(int Status, JsonNode? Body, string Text)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, path));
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return ((int)response.StatusCode, isJson && text.Length > 0 ? JsonNode.Parse(text) : null, text);
    }

    /// <summary>Sends what must be refused: answers status and code, and sees to it that the document is whole (AX-3).</summary>
    public async Task<(int Status, string Code, JsonNode Problem)> RefusedAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, problem, text) = await SendAsync(method, path, body);
        Assert.True(status >= 400 && problem is not null, $"{method} {path}: {status} {text}");
        Assert.All((string[])["type", "title", "detail", "code", "remedy"], member => Assert.NotEmpty(problem![member]?.GetValue<string>() ?? ""));
        Assert.Equal(status, problem!["status"]!.GetValue<int>());
        return (status, problem["code"]!.GetValue<string>(), problem);
    }
}
