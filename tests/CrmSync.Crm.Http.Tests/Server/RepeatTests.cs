using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Crm.Http.Contract;
using CrmSync.Crm.Http.Tests.Support;

namespace CrmSync.Crm.Http.Tests.Server;

/// <summary>A batch is done once by its name, as any client sees it on the wire.</summary>
public sealed class RepeatTests : IAsyncLifetime, IDisposable
{
    private const string Write = "companies/records/write";
    private const string Acme = """{"writes":[{"fields":{"name":"Acme"}},{"fields":{"colour":"red"}}]}""";

    private readonly HttpClient _http = new();
    private HttpHarness _harness = null!;

    public async Task InitializeAsync() => _harness = await HttpHarness.StartAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Write_AgainUnderItsName_IsAnsweredTheSameAndDoneOnce_S3()
    {
        var first = await PostAsync(Write, "batch-1", Acme);
        var again = await PostAsync(Write, "batch-1", Acme);

        Assert.Equal(207, first.Status);
        Assert.Equal(first, again);
        Assert.True(JsonNode.Parse(again.Text)!["results"]![0]!["created"]!.GetValue<bool>());
        Assert.Equal("field-unknown", JsonNode.Parse(again.Text)!["results"]![1]!["error"]!["code"]!.GetValue<string>());
        Assert.Equal(1, await CountAsync(Entity.Company));
    }

    [Fact]
    public async Task Write_AtTheSameTimeUnderOneName_IsDoneOnce_S3()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostAsync(Write, "batch-1", Acme))));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await CountAsync(Entity.Company));
    }

    [Theory]
    [InlineData(Write, """{"writes":[{"fields":{"name":"Other"}}]}""")]
    [InlineData("contacts/records/write", Acme)]
    [InlineData("users/invitations", """{"invitations":[{"email":"a@example.org","name":"A","role":"","externalKey":"k"}]}""")]
    public async Task Write_AnotherContentUnderTheName_Is409AndDoesNothing(string path, string body)
    {
        await PostAsync(Write, "batch-1", Acme);

        var other = await PostAsync(path, "batch-1", body);

        Assert.Equal((409, "idempotency-key-reused"), (other.Status, JsonNode.Parse(other.Text)!["code"]!.GetValue<string>()));
        Assert.Equal((1, 0, 0), (await CountAsync(Entity.Company), await CountAsync(Entity.Contact), await CountAsync(Entity.User)));
    }

    [Fact]
    public async Task Write_SameNameOfAnotherTenant_IsItsOwn_S9()
    {
        await PostAsync(Write, "batch-1", Acme);

        var other = await PostAsync(Write, "batch-1", """{"writes":[{"fields":{"name":"Other"}}]}""", "other");

        Assert.Equal(200, other.Status);
    }

    [Fact]
    public async Task Write_AfterARefusedCall_IsDoneUnderTheSameName()
    {
        await PostAsync(Write, "batch-1", "{");

        Assert.Equal(207, (await PostAsync(Write, "batch-1", Acme)).Status);
    }

    private async Task<(int Status, string Text)> PostAsync(string path, string key, string body, string tenant = "acme")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _harness.Host.At(path))
        { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HttpHarness.TokenOf(tenant));
        request.Headers.Add(ContractAddresses.IdempotencyKey, key);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<int> CountAsync(Entity entity) => await _harness.BuiltIn.Crm.ReadAllAsync(entity, CancellationToken.None).CountAsync();
}
