using System.Net.Http.Headers;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Api.Tests;

public sealed class ProblemTests(ApiHost api) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Users = "/api/tenants/acme/setup/users";

    public async Task InitializeAsync() => await api.SaveUpToAsync(SetupStep.Users);

    public Task DisposeAsync()
    {
        api.World.ConnectWise.Failure = null;
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("{\"types\":[{\"connectWise\":1,}]}", "/types/0/connectWise")]
    [InlineData("{\"types\":[{\"connectWise\":1},{\"connectWise\":", "/types/1/connectWise")]
    [InlineData("{\"types\":[] trailing", "/types")]
    [InlineData("hello", "")]
    [InlineData("{\"types\":[{\"crm\":\"\\ud800\"}]}", "/types/0/crm")]
    [InlineData("{\"types\":[],\"\\udc00\":1}", "/types")]
    public async Task Put_MalformedJson_400NamingPositionAndField_AX3(string json, string field)
    {
        var answer = await api.SendAsync(HttpMethod.Put, Users, api.Acme, ApiHost.Json(json));

        answer.IsProblem(400, "json-malformed");
        Assert.Equal(field, answer.Member("field"));
        Assert.Equal("1", answer.Member("line"));
        Assert.True(int.Parse(answer.Member("position")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    [Theory]
    [InlineData("{\"types\":[{\"connectWise\":\"one\"}]}", "value-invalid", "/types/0/connectWise", "whole number")]
    [InlineData("{\"types\":[{\"connectWise\":1.5}]}", "value-invalid", "/types/0/connectWise", "whole number")]
    [InlineData("{\"types\":[{\"connectWise\":1,\"crm\":7}]}", "value-invalid", "/types/0/crm", "a text")]
    [InlineData("{\"types\":{}}", "value-invalid", "/types", "a list")]
    [InlineData("{\"types\":null}", "value-invalid", "/types", "a list")]
    [InlineData("{\"types\":[null]}", "value-invalid", "/types/0", "an object")]
    [InlineData("[]", "value-invalid", "", "an object")]
    [InlineData("{\"types\":[],\"typos\":[],\"x\":1}", "member-unknown", "/typos", "typos")]
    [InlineData("{\"types\":[{\"connectwise\":1}]}", "member-unknown", "/types/0/connectwise", "connectwise")]
    [InlineData("{\"types\":[],\"types\":[]}", "member-twice", "/types", "types")]
    [InlineData("{}", "member-missing", "/types", "types")]
    public async Task Put_WrongShape_400NamingTheMember_AX3(string json, string code, string field, string word)
    {
        var answer = await api.SendAsync(HttpMethod.Put, Users, api.Acme, ApiHost.Json(json));

        answer.IsProblem(400, code);
        Assert.Equal(field, answer.Member("field"));
        Assert.Contains(word, answer.Member("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_SeveralFaults_ErrorsNameThemAll_AX3()
    {
        var answer = await api.SendAsync(HttpMethod.Put, Users, api.Acme, ApiHost.Json("""{"types":[{"crm":1}],"a":1,"b":2}"""));

        Assert.Equal(["/a", "/b", "/types/0/crm"], answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task Put_UnknownActivityKind_400NamingTheFour_SU7()
    {
        await api.SaveUpToAsync(SetupStep.Solutions);

        var answer = await api.SendAsync(
            HttpMethod.Put, "/api/tenants/acme/setup/activities", api.Acme, ApiHost.Json("""{"types":[{"connectWise":40,"kind":"task"}]}"""));

        answer.IsProblem(400, "value-invalid");
        Assert.Equal("/types/0/kind", answer.Member("field"));
        Assert.Contains("\"call\", \"email\", \"note\", \"meeting\"", answer.Member("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_NumberForAnEnum_400_AX3() =>
        (await api.SendAsync(HttpMethod.Put, "/api/tenants/acme/setup/activities", api.Acme,
            ApiHost.Json("""{"types":[{"connectWise":40,"kind":1}]}"""))).IsProblem(400, "value-invalid");

    [Fact]
    public async Task Put_NoBody_400_AX3()
    {
        (await api.SendAsync(HttpMethod.Put, Users, api.Acme)).IsProblem(400, "body-missing");
        (await api.SendAsync(HttpMethod.Put, Users, api.Acme, ApiHost.Json(""))).IsProblem(400, "body-missing");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Put_OtherContentType_415_AX3(string? contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        (await api.SendAsync(HttpMethod.Put, Users, api.Acme, content)).IsProblem(415, "content-type-unsupported");
    }

    [Fact]
    public async Task Put_BodyTooLarge_413_AX3()
    {
        var text = new string(' ', 1024 * 1024) + "{}";
        (await api.SendAsync(HttpMethod.Put, Users, api.Acme, ApiHost.Json(text))).IsProblem(413, "body-too-large");

        using var chunked = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        chunked.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        chunked.Headers.ContentLength = null;
        (await api.SendAsync(HttpMethod.Put, Users, api.Acme, chunked)).IsProblem(413, "body-too-large");
    }

    [Fact]
    public async Task Route_Unknown_404() => (await api.GetAsync("/api/tenants/acme/nothing")).IsProblem(404, "route-unknown");

    [Fact]
    public async Task Route_WrongMethod_405WithTheRightOnes()
    {
        var answer = (await api.SendAsync(HttpMethod.Patch, Users, api.Acme, ApiHost.Json("{}"))).IsProblem(405, "method-not-allowed");

        Assert.Equal(["GET", "PUT"], answer.Allow.Order());
    }

    [Fact]
    public async Task Step_OutOfOrder_409NamingTheMissing_SU1()
    {
        var answer = await api.PutAsync("/api/tenants/beta/setup/contacts", SetupWorld.Contacts, api.Beta);

        answer.IsProblem(409, "step-out-of-order");
        Assert.Equal("connection", answer.Member("step"));
    }

    [Fact]
    public async Task Step_Unknown_404() => (await api.GetAsync("/api/tenants/acme/setup/employees")).IsProblem(404, "step-unknown");

    [Fact]
    public async Task Step_UnknownChoice_400NamingItByPointer_SU9()
    {
        var answer = await api.PutAsync(Users, new UsersSettings { Types = [new(1, null), new(2, "Wizard")] });

        answer.IsProblem(400, "choice-unknown");
        Assert.Equal("/types/1/crm", answer.Member("field"));
        Assert.Contains("Wizard", answer.Member("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 502)]
    public async Task ConnectWise_Fails_ProblemWithItsCodeAndRemedy(bool retryHelps, int status)
    {
        api.World.ConnectWise.Failure = new ConnectWiseException("unauthorized", "The key was refused.", "Make a new key.", retryHelps);

        var answer = await api.GetAsync("/api/tenants/acme/setup/users/options");

        answer.IsProblem(status, "unauthorized");
        Assert.Equal("Make a new key.", answer.Member("remedy"));
    }

    [Fact]
    public async Task Handler_Throws_500WithCorrelationIdAndNoInternals_SU11()
    {
        var answer = (await api.GetAsync("/api/tenants/acme/crm/companies?search=explode")).IsProblem(500, "unexpected");

        var id = answer.Member("correlationId")!;
        Assert.Contains(api.Logs.Lines, line =>
            line.Contains(id, StringComparison.Ordinal) && line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain("InvalidOperation", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SetupWorld.Secret, answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Logs.Lines, line => line.Contains(SetupWorld.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/tenants/acme/runs?limit=0", "limit")]
    [InlineData("/api/tenants/acme/runs?limit=1001", "limit")]
    [InlineData("/api/tenants/acme/runs?limit=-1", "limit")]
    [InlineData("/api/tenants/acme/runs?limit=many", "limit")]
    [InlineData("/api/tenants/acme/backups?limit=0", "limit")]
    [InlineData("/api/tenants/acme/users?limit=0", "limit")]
    [InlineData("/api/tenants/acme/links/companies?limit=0", "limit")]
    [InlineData("/api/tenants/acme/links/companies?after=x", "after")]
    [InlineData("/api/tenants/acme/crm/companies?limit=0", "limit")]
    [InlineData("/api/tenants/acme/runs/r1/records?limit=0", "limit")]
    [InlineData("/api/tenants/acme/runs/r1/records?stage=users", "stage")]
    [InlineData("/api/tenants/acme/runs/r1/records?outcome=lost", "outcome")]
    [InlineData("/api/tenants/acme/runs/r1/records?id=-3", "id")]
    [InlineData("/api/tenants/acme/plans/r1?stage=castles", "stage")]
    [InlineData("/api/tenants/acme/records/companies/1/explanation?side=left", "side")]
    [InlineData("/api/tenants/acme/records/companies/x/explanation", "id")]
    [InlineData("/api/tenants/acme/runs?continuation=AAAA", "continuation")]
    [InlineData("/api/tenants/acme/runs?continuation=%21%21", "continuation")]
    [InlineData("/api/tenants/acme/runs?continuation=", "continuation")]
    public async Task Query_WrongValue_400NamingTheParameter_AX3(string path, string field)
    {
        var answer = await api.GetAsync(path);

        Assert.Equal((400, "application/problem+json", field), (answer.Status, answer.MediaType, answer.Member("field")));
    }

    [Theory]
    [InlineData("/api/tenants/acme/links/castles", "entity-unknown")]
    [InlineData("/api/tenants/acme/crm/employees", "entity-unknown")]
    [InlineData("/api/tenants/acme/crm/companies/none", "record-unknown")]
    [InlineData("/api/tenants/acme/records/castles/1/explanation", "entity-unknown")]
    [InlineData("/api/tenants/acme/runs/none", "run-unknown")]
    [InlineData("/api/tenants/acme/runs/none/records", "run-unknown")]
    [InlineData("/api/tenants/acme/imports/none", "run-unknown")]
    [InlineData("/api/tenants/acme/backups/none", "backup-unknown")]
    public async Task Path_NamesNothing_404(string path, string code) => (await api.GetAsync(path)).IsProblem(404, code);

    [Theory]
    [InlineData("{\"id\":\"Up Per\",\"name\":\"x\"}", 400, "tenant-id-invalid")]
    [InlineData("{\"id\":\"gamma\",\"name\":\" \"}", 400, "name-invalid")]
    [InlineData("{\"id\":\"gamma\"}", 400, "member-missing")]
    [InlineData("{\"id\":\"acme\",\"name\":\"x\"}", 409, "tenant-exists")]
    public async Task AddTenant_Bad_Refused_AX3(string json, int status, string code) =>
        (await api.PostAsync("/api/tenants", json, api.Operator)).IsProblem(status, code);

    [Theory]
    [InlineData("{\"members\":[]}", "members-missing")]
    [InlineData("{\"members\":[0]}", "id-invalid")]
    [InlineData("{\"members\":[\"1\"]}", "value-invalid")]
    public async Task Invite_Bad_Refused_AX3(string json, string code) =>
        (await api.PostAsync("/api/tenants/acme/users/invitations", json)).IsProblem(400, code);

    [Theory]
    [InlineData("{\"stage\":\"users\"}", "stage-unknown")]
    [InlineData("{\"stage\":\"nothing\"}", "stage-unknown")]
    [InlineData("{\"dryRun\":\"yes\"}", "value-invalid")]
    public async Task Import_Bad_Refused_AX3(string json, string code) => (await api.PostAsync("/api/tenants/acme/imports", json)).IsProblem(400, code);
}
