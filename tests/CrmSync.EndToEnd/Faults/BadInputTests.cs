using System.Net;
using System.Net.Sockets;
using CrmSync.Core;
using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Support;
using CrmSync.Simulator.Faults;

namespace CrmSync.EndToEnd.Faults;

/// <summary>What is wrong is refused by its name, with a remedy, and nothing is half saved (AX-3).</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Tenant = "api/tenants/acme";

    private World _world = null!;
    private RawApi _api = null!;

    public async Task InitializeAsync()
    {
        _world = await World.OpenAsync(Accounts.Small(31));
        _api = new RawApi(_world.Host.BaseAddress, _world.Host.OperatorKey);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Call_WithoutOrWithAWrongKey_IsUnauthorized_AX1()
    {
        var without = new RawApi(_world.Host.BaseAddress, null);
        var wrong = new RawApi(_world.Host.BaseAddress, "not-a-key");

        Assert.Equal((401, "key-missing"), Brief(await without.RefusedAsync(HttpMethod.Get, $"{Tenant}/runs")));
        Assert.Equal((401, "key-invalid"), Brief(await wrong.RefusedAsync(HttpMethod.Get, $"{Tenant}/runs")));
    }

    [Fact]
    public async Task Call_ForAnUnknownTenantOrAnothersOne_IsNotFoundAlike_AX1()
    {
        await Standalone.Client.Tenants.AddAsync(_world.Api, "other", "Other", CancellationToken.None);
        var issued = await _api.SendAsync(HttpMethod.Post, "api/tenants/other/keys", """{"name":"portal"}""");
        var other = new RawApi(_world.Host.BaseAddress, issued.Body!["key"]!.GetValue<string>());

        var unknown = await _api.RefusedAsync(HttpMethod.Post, "api/tenants/nobody/imports");
        var foreign = await other.RefusedAsync(HttpMethod.Post, $"{Tenant}/imports");

        Assert.Equal((404, "tenant-unknown"), Brief(unknown));
        Assert.Equal(unknown.Problem.ToJsonString(), foreign.Problem.ToJsonString());
        Assert.Equal(200, (await other.SendAsync(HttpMethod.Get, "api/tenants/other/runs")).Status);
    }

    [Fact]
    public async Task Import_BeforeSetUp_IsRefusedWithTheMissingStep_SU1()
    {
        var refused = await _api.RefusedAsync(HttpMethod.Post, $"{Tenant}/imports", "{}");

        Assert.Equal((409, "step-missing", "connection"), (refused.Status, refused.Code, refused.Problem["step"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Step_OutOfOrder_IsRefusedWithTheMissingStep_SU1()
    {
        Assert.Equal(200, (await SaveConnectionAsync(_world.Connection())).Status);

        var refused = await _api.RefusedAsync(HttpMethod.Put, $"{Tenant}/setup/companies", """{"types":[]}""");

        Assert.Equal((409, "step-out-of-order", "users"), (refused.Status, refused.Code, refused.Problem["step"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Mapping_ThatNamesAMissingType_IsRefusedByNameAndNothingIsSaved_SU9()
    {
        await _world.SetUpAsync();
        var before = (await _api.SendAsync(HttpMethod.Get, $"{Tenant}/setup/companies")).Text;

        var refused = await _api.RefusedAsync(
            HttpMethod.Put, $"{Tenant}/setup/companies", """{"types":[{"connectWise":1,"crm":"Client"},{"connectWise":4711,"crm":"Client"}]}""");

        Assert.Equal(400, refused.Status);
        Assert.Contains("4711", refused.Problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("/types/1", refused.Problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(before, (await _api.SendAsync(HttpMethod.Get, $"{Tenant}/setup/companies")).Text);
    }

    [Theory]
    [InlineData("{\"stage\":")]
    [InlineData("[]")]
    [InlineData("{\"dryRun\":\"perhaps\"}")]
    [InlineData("{\"stages\":\"companies\"}")]
    [InlineData("{\"stage\":\"invoices\"}")]
    public async Task Body_ThatIsNoOrder_IsABadRequest_AX3(string body) =>
        Assert.Equal(400, (await _api.RefusedAsync(HttpMethod.Post, $"{Tenant}/imports", body)).Status);

    [Fact]
    public async Task Connection_WithAWrongPrivateKey_FailsItsTestAndEveryStepAfterIt_SU2()
    {
        var wrong = _world.Connection() with { PrivateKey = "wrong" };
        var test = await _api.SendAsync(HttpMethod.Post, $"{Tenant}/setup/connection/test", CoreJson.Serialize(wrong));
        var failed = test.Body!["checks"]!.AsArray().First(check => !check!["passed"]!.GetValue<bool>())!;

        Assert.Equal(("credentials", 200), (failed["subject"]!.GetValue<string>(), test.Status));
        Assert.NotEmpty(failed["remedy"]!.GetValue<string>());
        Assert.Equal(200, (await SaveConnectionAsync(wrong)).Status);
        Assert.Equal((502, "unauthorized"), Brief(await _api.RefusedAsync(HttpMethod.Put, $"{Tenant}/setup/users", """{"types":[]}""")));
        Assert.Equal("users", (await _api.RefusedAsync(HttpMethod.Post, $"{Tenant}/imports", "{}")).Problem["step"]!.GetValue<string>());
    }

    [Fact]
    public async Task Connection_ToAnUnreachableSiteOrOneOfHtml_FailsItsTest_SU2()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var nowhere = _world.Connection() with { Site = $"http://127.0.0.1:{port}" };
        var unreachable = await _api.SendAsync(HttpMethod.Post, $"{Tenant}/setup/connection/test", CoreJson.Serialize(nowhere));
        _world.ConnectWise.Switches.Faults.SetRate(FaultKind.HtmlSuccess, 1);
        var html = await _api.SendAsync(HttpMethod.Post, $"{Tenant}/setup/connection/test", CoreJson.Serialize(_world.Connection()));

        Assert.Equal(200, unreachable.Status);
        Assert.All((System.Text.Json.Nodes.JsonNode[])[unreachable.Body!, html.Body!], report => Assert.Contains(report["checks"]!.AsArray(), check =>
            !check!["passed"]!.GetValue<bool>() && check["cause"] is not null && check["remedy"] is not null));
    }

    [Fact]
    public async Task Import_WhoseKeyWasRevoked_FailsWithARemedyAndGoesOnAfterwards_IM5()
    {
        await _world.SetUpAsync();
        _world.ConnectWise.Switches.Deny(Simulator.PermissionLines.CompanyMaintenance);
        var failed = await _world.ImportAsync();
        _world.ConnectWise.Switches.Allow(Simulator.PermissionLines.CompanyMaintenance);

        Assert.Equal((Core.Runs.RunState.Failed, "forbidden"), (failed.State, failed.Failure?.Code));
        Assert.NotEmpty(failed.Failure!.Remedy);
        Assert.Equal(Core.Runs.RunState.Completed, (await _world.ImportAsync()).State);
    }

    private static (int, string) Brief((int Status, string Code, System.Text.Json.Nodes.JsonNode) refused) => (refused.Status, refused.Code);

    private Task<(int Status, System.Text.Json.Nodes.JsonNode? Body, string Text)> SaveConnectionAsync(ConnectionForm form) =>
        _api.SendAsync(HttpMethod.Put, $"{Tenant}/setup/connection", CoreJson.Serialize(form));
}
