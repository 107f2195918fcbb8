using CrmSync.Api.Tests.Fakes;
using CrmSync.Core.Access;
using CrmSync.Core.Records;

namespace CrmSync.Api.Tests;

public sealed class AccessTests(ApiHost api) : IClassFixture<ApiHost>
{
    public static TheoryData<string, string> TenantRoutes() => new()
    {
        { "GET", "/api/tenants/{0}" },
        { "GET", "/api/tenants/{0}/setup" },
        { "GET", "/api/tenants/{0}/setup/users" },
        { "PUT", "/api/tenants/{0}/setup/users" },
        { "GET", "/api/tenants/{0}/setup/users/options" },
        { "GET", "/api/tenants/{0}/setup/companies/fields" },
        { "POST", "/api/tenants/{0}/setup/connection/test" },
        { "GET", "/api/tenants/{0}/users" },
        { "POST", "/api/tenants/{0}/users/invitations" },
        { "POST", "/api/tenants/{0}/imports" },
        { "GET", "/api/tenants/{0}/imports/r1" },
        { "POST", "/api/tenants/{0}/imports/r1/cancel" },
        { "GET", "/api/tenants/{0}/runs" },
        { "GET", "/api/tenants/{0}/runs/r1" },
        { "POST", "/api/tenants/{0}/runs/r1/cancel" },
        { "GET", "/api/tenants/{0}/runs/r1/records" },
        { "GET", "/api/tenants/{0}/plans/r1" },
        { "GET", "/api/tenants/{0}/records/companies/1/explanation" },
        { "GET", "/api/tenants/{0}/backups" },
        { "GET", "/api/tenants/{0}/backups/r1" },
        { "GET", "/api/tenants/{0}/links/companies" },
        { "GET", "/api/tenants/{0}/crm/companies" },
        { "GET", "/api/tenants/{0}/crm/companies/1" },
        { "GET", "/api/tenants/{0}/keys" },
        { "POST", "/api/tenants/{0}/keys" },
        { "DELETE", "/api/tenants/{0}/keys/k1" },
    };

    [Theory]
    [MemberData(nameof(TenantRoutes))]
    public async Task Route_NoOrWrongKey_401_AX1(string method, string path)
    {
        var at = path.Replace("{0}", "acme", StringComparison.Ordinal);

        (await api.SendAsync(new HttpMethod(method), at, null)).IsProblem(401, "key-missing");
        (await api.SendAsync(new HttpMethod(method), at, "crmsync_wrong")).IsProblem(401, "key-invalid");
        (await api.SendAsync(new HttpMethod(method), at, null, functionsKey: "wrong")).IsProblem(401, "key-invalid");
    }

    [Theory]
    [MemberData(nameof(TenantRoutes))]
    public async Task Route_OtherTenantsKey_SameAnswerAsForAnUnknownTenant_AX1(string method, string path)
    {
        var other = await api.SendAsync(new HttpMethod(method), path.Replace("{0}", "acme", StringComparison.Ordinal), api.Beta);
        var unknown = await api.SendAsync(new HttpMethod(method), path.Replace("{0}", "nobody", StringComparison.Ordinal), api.Beta);
        var impossible = await api.SendAsync(new HttpMethod(method), path.Replace("{0}", "No_Body", StringComparison.Ordinal), api.Beta);

        other.IsProblem(404, "tenant-unknown");
        Assert.Equal(unknown.Text, other.Text);
        Assert.Equal(unknown.Text, impossible.Text);
    }

    [Theory]
    [MemberData(nameof(TenantRoutes))]
    public async Task Route_UnknownTenantWithOperatorsKey_404_AX1(string method, string path) =>
        (await api.SendAsync(new HttpMethod(method), path.Replace("{0}", "nobody", StringComparison.Ordinal), api.Operator)).IsProblem(404, "tenant-unknown");

    [Theory]
    [InlineData("GET", "/api/tenants")]
    [InlineData("POST", "/api/tenants")]
    [InlineData("GET", "/api/tenants/acme/keys")]
    [InlineData("POST", "/api/tenants/acme/keys")]
    [InlineData("DELETE", "/api/tenants/acme/keys/k1")]
    public async Task OperatorRoute_TenantsKey_403_AX1(string method, string path)
    {
        (await api.SendAsync(new HttpMethod(method), path, api.Acme)).IsProblem(403, "operator-only");
        (await api.SendAsync(new HttpMethod(method), path, null)).IsProblem(401, "key-missing");
    }

    [Fact]
    public async Task Tenant_ItsOwnKeyInEitherHeader_LetIn_AX1()
    {
        (await api.GetAsync("/api/tenants/acme")).Is(200);
        (await api.GetAsync("/api/tenants/acme", api.Operator)).Is(200);
        (await api.SendAsync(HttpMethod.Get, "/api/tenants/acme", null, functionsKey: api.Acme)).Is(200);
    }

    [Fact]
    public async Task HealthAndDescription_NoKey_LetIn_AX1()
    {
        Assert.Equal("ok", (await api.SendAsync(HttpMethod.Get, "/api/health", null)).Is(200).Member("status"));
        (await api.SendAsync(HttpMethod.Get, "/api/openapi.json", null)).Is(200);
    }

    [Fact]
    public async Task Keys_IssuedUsedAndRemoved_OpenOnlyAsLongAsTheyAreThere_AX1()
    {
        var issued = (await api.PostAsync("/api/tenants/beta/keys", """{"name":"portal"}""", api.Operator)).Is(201);
        var key = issued.Member("key")!;
        Assert.StartsWith("crmsync_", key, StringComparison.Ordinal);
        Assert.True(key.Length > 40);
        (await api.GetAsync("/api/tenants/beta", key)).Is(200);
        var listed = (await api.GetAsync("/api/tenants/beta/keys", api.Operator)).Is(200);
        Assert.Contains("portal", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed.Text, StringComparison.Ordinal);
        Assert.All(api.Tenants.Keys, stored => Assert.DoesNotContain(stored.Hash, listed.Text, StringComparison.Ordinal));

        (await api.SendAsync(HttpMethod.Delete, issued.Location!, api.Operator)).Is(204);

        (await api.GetAsync("/api/tenants/beta", key)).IsProblem(401, "key-invalid");
        (await api.SendAsync(HttpMethod.Delete, issued.Location!, api.Operator)).IsProblem(404, "key-unknown");
    }

    [Fact]
    public async Task Keys_OfAnotherTenant_NotRemoved_AX1()
    {
        var id = api.Tenants.Keys.First(key => key.Tenant == new TenantId("beta")).Id;

        (await api.SendAsync(HttpMethod.Delete, $"/api/tenants/acme/keys/{id}", api.Operator)).IsProblem(404, "key-unknown");
    }

    [Fact]
    public async Task AccessService_NewKey_KeptAsItsHashOnly_AX1()
    {
        var store = new MemoryTenantStore();
        var access = new AccessService(store, TimeProvider.System, () => "random");
        await access.AddTenantAsync("acme", "Acme", default);

        var issued = (await access.IssueKeyAsync(new TenantId("acme"), " portal ", default)).Value!;

        Assert.Equal(("crmsync_random", "portal"), (issued.Key, issued.Name));
        Assert.DoesNotContain("random", Core.CoreJson.Serialize(store.Keys), StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", store.Keys.Single().Hash);
        Assert.Equal(new TenantId("acme"), (await access.IdentifyAsync("crmsync_random", default))!.Tenant);
        Assert.Null(await access.IdentifyAsync("crmsync_Random", default));
        Assert.Null(await access.IdentifyAsync(store.Keys.Single().Hash, default));
        Assert.Null(await access.IdentifyAsync(new string('x', 10_000), default));
        Assert.Null(await access.IdentifyAsync(null, default));
        Assert.Equal("tenant-unknown", (await access.IssueKeyAsync(new TenantId("nobody"), "x", default)).Refusal!.Code);
        Assert.DoesNotContain("random", issued.ToString(), StringComparison.Ordinal);
    }
}
