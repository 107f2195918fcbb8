using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Crm.Http.Tests.Support;

/// <summary>What a CRM was asked.</summary>
internal sealed record Asked(string Method, string Url, string? Body, string? Key, string? Authorization);

/// <summary>A CRM whose answers a test writes down beforehand; capabilities it answers by itself.</summary>
internal sealed class ScriptedCrm : HttpMessageHandler
{
    public const string Token = "s3cr3t-token-of-the-crm";

    private readonly Queue<Func<Asked, HttpResponseMessage>> _answers = new();

    public List<Asked> Calls { get; } = [];

    public PassingTime Time { get; } = new();

    public LogCapture Log { get; } = new();

    public string Capabilities { get; set; } =
        """{"version":"v1","uniqueExternalKey":true,"lists":true,"lineItems":true,"delete":true,"batchSize":3,"writeConcurrency":2,"bodyBytes":65536,"later":1}""";

    public HttpCrmConnection Connection { get; } = new()
    {
        Address = "https://crm.example.com/acme/",
        Token = Token,
        RequestTimeout = PassingTime.RequestTimeout,
        MaxAttempts = 4,
    };

    public ScriptedCrm Answers(int status, string body, string type = "application/json", Action<HttpResponseMessage>? more = null) => Answers(_ =>
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        more?.Invoke(response);
        return response;
    });

    public ScriptedCrm Answers(Func<Asked, HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ScriptedCrm Refuses(int status, string code, string detail = "No.", Action<HttpResponseMessage>? more = null) => Answers(
        status, $$"""{"type":"/problems/{{code}}","title":"T","status":{{status}},"detail":"{{detail}}","code":"{{code}}","remedy":"R","versions":["v7"]}""",
        "application/problem+json", more);

    public Task<HttpCrm> OpenAsync() => HttpCrm.OpenAsync(Connection, Time, Log, this, () => 0.5);

    public Task<Core.Ports.ConnectionCheck> TestAsync() => HttpCrm.TestAsync(Connection, Time, NullLogger<HttpCrm>.Instance, this, () => 0.5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;
        var asked = new Asked(request.Method.Method, request.RequestUri!.AbsoluteUri, body, key, request.Headers.Authorization?.ToString());
        Calls.Add(asked);
        if (_answers.TryDequeue(out var answer))
        {
            return answer(asked);
        }

        return asked.Url.EndsWith("/capabilities", StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Capabilities, Encoding.UTF8, "application/json") }
            : throw new InvalidOperationException($"No answer was written down for {asked}.");
    }
}
