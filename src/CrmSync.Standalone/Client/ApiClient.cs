using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CrmSync.Api.Access;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Client;

/// <summary>Speaks with a CrmSync server over its HTTP API, as a portal does.</summary>
internal sealed class ApiClient : IDisposable
{
    /// <summary>Names the environment variable with the key of the Functions host that stands before the server; unset where none does.</summary>
    private const string FunctionKeyVariable = "CRMSYNC_FUNCTION_KEY";

    private readonly HttpClient _http;

    /// <param name="server">The server's address.</param>
    /// <param name="key">The key to open it with.</param>
    public ApiClient(Uri server, string key)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (Environment.GetEnvironmentVariable(FunctionKeyVariable) is { Length: > 0 } functionKey)
        {
            _http.DefaultRequestHeaders.Add(Gate.FunctionsKeyHeader, functionKey);
        }
    }

    /// <summary>The server's address.</summary>
    public Uri Server => _http.BaseAddress!;

    public Task<T> GetAsync<T>(string path, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Get, path, null, cancellation);

    public Task<T> PostAsync<T>(string path, object? body, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Post, path, body, cancellation);

    public Task<T> PutAsync<T>(string path, object body, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Put, path, body, cancellation);

    public async Task DeleteAsync(string path, CancellationToken cancellation)
    {
        using var response = await ReceiveAsync(HttpMethod.Delete, path, null, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var response = await ReceiveAsync(method, path, body, cancellation);
        return await ReadAsync<T>(response, cancellation) ?? throw Strange();
    }

    private async Task<HttpResponseMessage> ReceiveAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: CoreJson.Options);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CommandException(ExitCodes.Unavailable, $"No CrmSync server answers at {Server}.",
                "Check the address, or start one with \"crmsync serve\".");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var problem = response.Content.Headers.ContentType?.MediaType == ProblemDocument.MediaType
                ? await ReadAsync<ProblemDocument>(response, cancellation) : null;
            throw problem is null ? Strange(response.StatusCode) : new ApiException(problem);
        }
    }

    private async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(CoreJson.Options, cancellation);
        }
        catch (JsonException)
        {
            throw Strange();
        }
    }

    private CommandException Strange(HttpStatusCode? status = null) => new(
        ExitCodes.Unavailable,
        status is null ? $"What answers at {Server} is no CrmSync server." : $"What answers at {Server} is no CrmSync server: it says {(int)status}.",
        "Check the address that --server names.");
}
