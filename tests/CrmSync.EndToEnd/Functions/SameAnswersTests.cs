using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Functions;

/// <summary>Both hosts answer alike, right or wrong input, on every trigger (AX-1, AX-3).</summary>
[Collection(FunctionsTests.Name)]
public sealed class SameAnswersTests(FunctionsApp app)
{
    private static readonly (string Method, string Path, string? Body)[] Calls =
    [
        ("GET", "api/health", null), ("GET", "api/health/ready", null), ("DELETE", "api/health", null), ("GET", "api/openapi.json", null),
        ("POST", "api/tenants", "{}"), ("POST", "api/tenants", "[1]"), ("PATCH", "api/tenants", null), ("GET", "api/tenants/nobody", null),
        ("GET", "api/tenants/{t}/keys", null), ("POST", "api/tenants/{t}/keys", """{"name":" "}"""), ("DELETE", "api/tenants/{t}/keys/none", null),
        ("GET", "api/tenants/{t}/setup", null), ("GET", "api/tenants/{t}/setup/cellar", null), ("PUT", "api/tenants/{t}/setup/companies", """{"types":[]}"""),
        ("PUT", "api/tenants/{t}/setup/connection", """{"site":1}"""), ("GET", "api/tenants/{t}/setup/users/options", null),
        ("POST", "api/tenants/{t}/setup/connection/test", null), ("GET", "api/tenants/{t}/users", null),
        ("POST", "api/tenants/{t}/users/invitations", """{"members":"all"}"""), ("POST", "api/tenants/{t}/imports", "{}"),
        ("POST", "api/tenants/{t}/imports", """{"stage":"""), ("POST", "api/tenants/{t}/imports", """{"stage":"invoices"}"""),
        ("GET", "api/tenants/{t}/imports/none", null), ("POST", "api/tenants/{t}/imports/none/cancel", null), ("PUT", "api/tenants/{t}/imports", "{}"),
        ("GET", "api/tenants/{t}/employees", null), ("GET", "api/tenants/{t}/employees/settings", null), ("PUT", "api/tenants/{t}/employees/settings", """{"settings":1}"""),
        ("PUT", "api/tenants/{t}/employees/settings", """{"settings":{}}"""), ("POST", "api/tenants/{t}/employees/test", null), ("GET", "api/tenants/{t}/employees/options", null),
        ("POST", "api/tenants/{t}/employees/syncs", """{"dryRun":true}"""), ("POST", "api/tenants/{t}/employees/syncs", """{"member":-1}"""),
        ("GET", "api/tenants/{t}/employees/members/x/explanation", null), ("GET", "api/tenants/{t}/employees/invitations?state=lost", null),
        ("POST", "api/tenants/{t}/employees/invitations", null), ("POST", "api/tenants/{t}/employees/invitations/redeem", "{}"), ("GET", "api/pictures/{t}/none", null),
        ("POST", "api/tenants/{t}/plans/none/apply", """{"hash":"0"}"""), ("GET", "api/tenants/{t}/runs", null), ("GET", "api/tenants/{t}/runs?limit=many", null), ("GET", "api/tenants/{t}/runs/none/records", null),
        ("GET", "api/tenants/{t}/plans/none", null), ("GET", "api/tenants/{t}/backups", null), ("GET", "api/tenants/{t}/backups/none", null),
        ("GET", "api/tenants/{t}/records/companies/x/explanation", null), ("GET", "api/tenants/{t}/links/castles", null),
        ("GET", "api/tenants/{t}/links/companies", null), ("GET", "api/tenants/{t}/crm/castles", null), ("GET", "api/tenants/{t}/imports/a/b/c", null),
    ];

    [FunctionsFact]
    public async Task Call_OfEveryTrigger_GetsTheSameAnswerFromBothHosts_AX3()
    {
        await using var world = await World.OpenAsync(Accounts.Small(31));
        var tenant = await app.NewTenantAsync();
        var standalone = new RawApi(world.Host.BaseAddress, world.Host.OperatorKey);

        foreach (var (method, path, body) in Calls)
        {
            var expected = await standalone.SendAsync(new HttpMethod(method), path.Replace("{t}", World.Id.Value, StringComparison.Ordinal), body);
            var actual = await app.Raw.SendAsync(new HttpMethod(method), path.Replace("{t}", tenant.Tenant.Value, StringComparison.Ordinal), body);

            Assert.True(expected.Status == actual.Status && Same(expected.Text) == Same(actual.Text),
                $"{method} {path}\n{expected.Status} {expected.Text}\n{actual.Status} {actual.Text}");
        }

        string Same(string text) => text.Replace(tenant.Tenant.Value, World.Id.Value, StringComparison.Ordinal);
    }

    [FunctionsFact]
    public async Task Call_WithoutOrWithAWrongKey_IsUnauthorized_AX1()
    {
        var (without, wrong) = (new RawApi(app.Address, null), new RawApi(app.Address, "not-a-key"));
        foreach (var path in Calls.Select(call => call.Path).Where(path => path.Contains("{t}", StringComparison.Ordinal)).Distinct())
        {
            var address = path.Replace("{t}", "acme", StringComparison.Ordinal);
            Assert.Contains((await without.SendAsync(HttpMethod.Get, address)).Status, new[] { 401, 405, 404 });
            Assert.NotEqual(200, (await wrong.SendAsync(HttpMethod.Get, address)).Status);
        }
    }
}
