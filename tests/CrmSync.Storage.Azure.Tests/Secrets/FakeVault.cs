using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace CrmSync.Storage.Azure.Tests.Secrets;

/// <summary>A Key Vault as far as the store uses one, behind the real client: it asks for a token, and keeps one version of each secret.</summary>
internal sealed class FakeVault : HttpMessageHandler
{
    private static readonly Uri Address = new("https://acme.vault.azure.net");
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.OrdinalIgnoreCase);

    public int Reads { get; private set; }

    public int? Refuses { get; set; }

    /// <summary>Addresses and headers of the requests: what may stand in a log.</summary>
    public StringBuilder Seen { get; } = new();

    /// <summary>The secrets by their names.</summary>
    public IDictionary<string, string> Secrets => _secrets;

    public SecretClient Client()
    {
        var options = new SecretClientOptions { Transport = new HttpClientTransport(this) };
        options.Retry.MaxRetries = 0;
        return new SecretClient(Address, new FakeCredential(), options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null)
        {
            var challenge = new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized);
            challenge.Headers.TryAddWithoutValidation(
                "WWW-Authenticate", "Bearer authorization=\"https://login.windows.net/tenant\", resource=\"https://vault.azure.net\"");
            return challenge;
        }

        Seen.Append(request.RequestUri).Append(request.Headers);
        if (Refuses is { } status)
        {
            return Answer(status, """{"error":{"code":"Forbidden","message":"No."}}""");
        }

        var name = request.RequestUri!.Segments[2].Trim('/');
        if (request.Method == HttpMethod.Put)
        {
            _secrets[name] = (string)JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["value"]!;
        }
        else
        {
            Reads++;
        }

        return _secrets.TryGetValue(name, out var value)
            ? Answer(200, new JsonObject { ["value"] = value, ["id"] = $"{Address}secrets/{name}/1", ["attributes"] = new JsonObject() }.ToJsonString())
            : Answer(404, """{"error":{"code":"SecretNotFound","message":"None."}}""");
    }

    private static HttpResponseMessage Answer(int status, string body) =>
        new((System.Net.HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private sealed class FakeCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
