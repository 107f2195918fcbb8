using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Contract;
using CrmSync.Crm.Http.Tests.Support;

namespace CrmSync.Crm.Http.Tests.Server;

/// <summary>AX-3 for the contract: bad input gets a problem document that names what is wrong, and nothing of it is done.</summary>
public sealed class ProblemTests : IAsyncLifetime, IDisposable
{
    private const string Company = """{"writes":[{"fields":{"name":"Acme"}}]}""";
    private readonly HttpClient _http = new();
    private HttpHarness _harness = null!;

    public static TheoryData<string, string, int, string, string?> BadBodies => new()
    {
        { "companies/records/write", """{"writes":[{"fields":{"name":"Acme"}}""", 400, "json-malformed", "$.writes[1]" },
        { "companies/records/write", "", 400, "json-malformed", "$" },
        { "companies/records/write", "null", 400, "body-invalid", null },
        { "companies/records/write", "[]", 400, "body-invalid", "$" },
        { "companies/records/write", "{}", 400, "body-invalid", "$" },
        { "companies/records/write", """{"writes":null}""", 400, "body-invalid", "$.writes" },
        { "companies/records/write", """{"writes":[null]}""", 400, "body-invalid", null },
        { "companies/records/write", """{"writes":[{"fields":{"name":"Acme"}},{"fields":{"name":7}}]}""", 400, "body-invalid", "$.writes[1].fields" },
        { "companies/records/write", """{"writes":[{"fields":{"name":"Acme"}},{}]}""", 400, "body-invalid", "$.writes[1]" },
        { "companies/records/write", """{"writes":[{"fields":{"name":"Acme"},"list":"Clients"}]}""", 400, "body-invalid", "$.writes[0].list" },
        { "companies/records/write", """{"writes":[{"fields":{"name":"Acme"}}],"writes":[]}""", 400, "body-invalid", "$.writes" },
        { "things/records/write", Company, 404, "entity-unknown", "entity" },
        { "company/records/write", Company, 404, "entity-unknown", "entity" },
        { "Companies/records/write", Company, 404, "entity-unknown", "entity" },
        { "companies/records/read", """{"ids":[7]}""", 400, "body-invalid", "$.ids[0]" },
        { "companies/records/read", """{"ids":[null]}""", 400, "body-invalid", null },
        { "companies/records/find", """{"keys":[{"kind":"name"}]}""", 400, "body-invalid", "$.keys[0]" },
        { "companies/records/find", """{"keys":[{"kind":"colour","value":"red"}]}""", 400, "body-invalid", "$.keys[0].kind" },
        { "things/records/find", """{"keys":[]}""", 404, "entity-unknown", "entity" },
        { "things/records/read", """{"ids":[]}""", 404, "entity-unknown", "entity" },
        { "users/invitations", """{"invitations":[{"email":"a@example.org"}]}""", 400, "body-invalid", "$.invitations[0]" },
        { "companies/records/delete", Company, 404, "route-unknown", null },
    };

    public static TheoryData<string, int, string> BadAddresses => new()
    {
        { "things/records", 404, "entity-unknown" },
        { "things/fields", 404, "entity-unknown" },
        { "companies/records?limit=0", 400, "limit-out-of-range" },
        { "companies/records?limit=1001", 400, "limit-out-of-range" },
        { "companies/records?limit=ten", 400, "limit-out-of-range" },
        { "companies/records?continuation=P-1001", 400, "continuation-invalid" },
        { "companies/records?continuation=%00", 400, "continuation-invalid" },
        { "things/changes", 404, "entity-unknown" },
        { "companies/changes?limit=0", 400, "limit-out-of-range" },
        { "companies/changes?limit=1001", 400, "limit-out-of-range" },
        { "companies/changes?since=", 409, "cursor-unknown" },
        { "companies/changes?since=%00", 409, "cursor-unknown" },
        { "companies/changes?since=1.0000000000000000.1", 409, "cursor-unknown" },
        { "companies/changes?since=99999999999999999999.0000000000000000.1", 409, "cursor-unknown" },
        { "companies/records/write", 404, "route-unknown" },
        { "nothing", 404, "route-unknown" },
        { "", 404, "route-unknown" },
    };

    public async Task InitializeAsync() => _harness = await HttpHarness.StartAsync();

    public async Task DisposeAsync()
    {
        await foreach (var company in _harness.BuiltIn.Crm.ReadAllAsync(Entity.Company, CancellationToken.None))
        {
            Assert.Fail($"The company {company.Id} was written.");
        }

        await _harness.DisposeAsync();
    }

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Post_BadBody_IsRefusedWithItsPlace_AX3(string path, string body, int status, string code, string? field)
    {
        var problem = await ProblemAsync(HttpMethod.Post, path, status, code, Json(body));

        Assert.Equal(field, problem.Field);
    }

    [Theory]
    [MemberData(nameof(BadAddresses))]
    public Task Get_BadAddress_IsRefused_AX3(string path, int status, string code) => ProblemAsync(HttpMethod.Get, path, status, code);

    [Theory]
    [InlineData(null, "token-missing")]
    [InlineData("", "token-missing")]
    [InlineData("wrong", "token-invalid")]
    public async Task Call_WithoutARightToken_Is401AndDoesNothing_AX1(string? token, string code)
    {
        foreach (var path in new[] { "capabilities", "choices", "companies/fields", "companies/records", "companies/changes" })
        {
            await ProblemAsync(HttpMethod.Get, path, 401, code, token: token);
        }

        foreach (var path in new[] { "companies/records/read", "companies/records/find", "companies/records/write", "users/invitations" })
        {
            await ProblemAsync(HttpMethod.Post, path, 401, code, Json(Company), token);
        }
    }

    [Theory]
    [InlineData("v2/capabilities")]
    [InlineData("v2/companies/records/write")]
    [InlineData("v0")]
    public async Task Call_OfAnotherVersion_IsToldWhichThereAre(string path)
    {
        var problem = await ProblemAsync(HttpMethod.Get, $"../{path}", 404, "version-unknown");

        Assert.Equal(["v1"], problem.Versions!);
    }

    [Fact]
    public Task Write_MoreThanABatch_IsRefusedWhole_AX3()
    {
        var body = $$"""{"writes":[{{string.Join(',', Enumerable.Repeat("""{"fields":{"name":"Acme"}}""", 1001))}}]}""";
        return ProblemAsync(HttpMethod.Post, "companies/records/write", 400, "batch-too-large", Json(body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_BodyTooLarge_Is413_AX3(bool declared)
    {
        HttpContent content = declared ? Json(new string(' ', 17_000_000)) : new StreamContent(new Endless(17_000_000));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await ProblemAsync(HttpMethod.Post, "companies/records/write", 413, "body-too-large", content);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    public Task Write_NotDeclaredAsJson_Is415_AX3(string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Company));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return ProblemAsync(HttpMethod.Post, "companies/records/write", 415, "content-type-unsupported", content);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a,b,c", 201)]
    public Task Write_WithoutANameOfItsOwn_IsRefused(string? key, int repeat = 1) => ProblemAsync(
        HttpMethod.Post, "companies/records/write", 400, "idempotency-key-missing", Json(Company),
        key: key is null ? null : string.Concat(Enumerable.Repeat(key, repeat)));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<ContractProblem> ProblemAsync(
        HttpMethod method, string path, int status, string code, HttpContent? content = null, string? token = "token-of-acme", string? key = "batch-1")
    {
        using var request = new HttpRequestMessage(method, _harness.Host.At(path)) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", token is null ? [] : [$"Bearer {token}"]);
        request.Headers.TryAddWithoutValidation(ContractAddresses.IdempotencyKey, key is null ? [] : [key]);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal(ContractProblem.MediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(response.StatusCode == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
        var problem = JsonSerializer.Deserialize<ContractProblem>(text, ContractJson.Strict)!;
        Assert.Equal(($"/problems/{code}", code, status), (problem.Type, problem.Code, problem.Status));
        Assert.All(new[] { problem.Title, problem.Detail, problem.Remedy }, Assert.NotEmpty);
        return problem;
    }

    // A body whose length nobody declares.
    private sealed class Endless(int length) : MemoryStream(new byte[length], writable: false)
    {
        public override bool CanSeek => false;
    }
}
