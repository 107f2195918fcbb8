using System.Text.RegularExpressions;
using CrmSync.Core;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Functions;

/// <summary>Both hosts answer alike, right or wrong input, on every trigger (AX-1, AX-3).</summary>
[Collection(FunctionsTests.Name)]
public sealed partial class SameAnswersTests(FunctionsApp app)
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
        ("GET", "api/tenants/{t}/employees", null), ("GET", "api/tenants/{t}/employees/settings", null),
        ("PUT", "api/tenants/{t}/employees/settings", """{"settings":1}"""),
        ("PUT", "api/tenants/{t}/employees/settings", """{"settings":{}}"""), ("POST", "api/tenants/{t}/employees/test", null),
        ("GET", "api/tenants/{t}/employees/options", null),
        ("POST", "api/tenants/{t}/employees/syncs", """{"dryRun":true}"""), ("POST", "api/tenants/{t}/employees/syncs", """{"member":-1}"""),
        ("GET", "api/tenants/{t}/employees/members/x/explanation", null), ("GET", "api/tenants/{t}/employees/invitations?state=lost", null),
        ("POST", "api/tenants/{t}/employees/invitations", null), ("POST", "api/tenants/{t}/employees/invitations/redeem", "{}"),
        ("GET", "api/pictures/{t}/none", null), ("POST", "api/tenants/{t}/plans/none/apply", """{"hash":"0"}"""), ("GET", "api/tenants/{t}/runs", null),
        ("GET", "api/tenants/{t}/runs?limit=many", null), ("GET", "api/tenants/{t}/runs/none/records", null),
        ("GET", "api/tenants/{t}/plans/none", null), ("GET", "api/tenants/{t}/backups", null), ("GET", "api/tenants/{t}/backups/none", null),
        ("GET", "api/tenants/{t}/records/companies/x/explanation", null), ("GET", "api/tenants/{t}/links/castles", null),
        ("GET", "api/tenants/{t}/links/companies", null), ("GET", "api/tenants/{t}/crm/castles", null), ("GET", "api/tenants/{t}/imports/a/b/c", null),
    ];

    private static readonly Dictionary<string, string> Existing = new() { ["{tenant}"] = "{t}", ["{step}"] = "companies", ["{entity}"] = "companies" };

    [FunctionsFact]
    public async Task Call_ThatIsRightOrWrong_GetsTheSameAnswerFromBothHosts_AX3()
    {
        await using var world = await World.OpenAsync(Accounts.Small(31));
        var callers = await CallersAsync(world);

        foreach (var (method, path, body) in Calls)
        {
            var (expected, actual) = await callers.WithKey.AskAsync(method, path, body);

            Assert.True(expected == actual, $"{method} {path}\n{expected}\n{actual}");
        }
    }

    [FunctionsFact]
    public async Task Operation_WithoutAKeyOrWithABodyOfAnotherShapeOrForNothingThatIs_IsRefusedAlikeByBothHosts_AX1_AX3()
    {
        await using var world = await World.OpenAsync(Accounts.Small(31));
        var callers = await CallersAsync(world);
        await using var crm = await ServedCrm.StartAsync(world.ConnectWise.Options, 0);
        var saved = await callers.WithKey.AskAsync(
            "PUT", "api/tenants/{t}/setup/connection", CoreJson.Serialize(world.Connection() with { Crm = crm.Form }));
        Assert.Equal((200, 200), (saved.Expected.Status, saved.Actual.Status));
        var paths = (await app.Raw.SendAsync(HttpMethod.Get, "api/openapi.json")).Body!["paths"]!.AsObject();
        var operations = paths.SelectMany(path => path.Value!.AsObject().Select(each => (path.Key, each.Key.ToUpperInvariant(), each.Value!)));

        foreach (var (route, method, described) in operations)
        {
            var path = Parameter().Replace(route[1..], parameter => Existing.GetValueOrDefault(parameter.Value, "none"));
            var nothing = await callers.WithKey.AskAsync(method, path, null);

            // What is there differs: each host has tenants of its own, and only Standalone has a directory for those that name none.
            var differs = nothing.Expected.Status == 200
                && (nothing.Actual.Status == 200 || nothing.Actual.Text.Contains("\"not-connected\"", StringComparison.Ordinal));
            Assert.True(differs || nothing.Expected == nothing.Actual, $"{method} {path}\n{nothing}");
            if (described["requestBody"] is not null)
            {
                AssertRefused(400, await callers.WithKey.AskAsync(method, path, "[1]"), $"{method} {path}");
            }

            if (described["security"] is not null)
            {
                AssertRefused(401, await callers.WithoutKey.AskAsync(method, path, null), $"{method} {path}");
                AssertRefused(401, await callers.WithWrongKey.AskAsync(method, path, null), $"{method} {path}");
            }
        }
    }

    private static void AssertRefused(int status, ((int Status, string Text) Expected, (int Status, string Text) Actual) answers, string call) =>
        Assert.True(answers.Expected == answers.Actual && answers.Expected.Status == status, $"{call}\n{answers}");

    private async Task<(Caller WithKey, Caller WithoutKey, Caller WithWrongKey)> CallersAsync(World world)
    {
        var tenant = (await app.NewTenantAsync()).Tenant.Value;
        return (new Caller(new RawApi(world.Host.BaseAddress, world.Host.OperatorKey), app.Raw, tenant), With(null), With("not-a-key"));

        Caller With(string? key) => new(new RawApi(world.Host.BaseAddress, key), new RawApi(app.Address, key), tenant);
    }

    [GeneratedRegex("{[a-z]+}")]
    private static partial Regex Parameter();

    /// <summary>Asks both hosts the same, each for its own tenant.</summary>
    private sealed class Caller(RawApi standalone, RawApi functions, string tenant)
    {
        public async Task<((int Status, string Text) Expected, (int Status, string Text) Actual)> AskAsync(string method, string path, string? body)
        {
            var expected = await standalone.SendAsync(new HttpMethod(method), Of(World.Id.Value), body);
            var actual = await functions.SendAsync(new HttpMethod(method), Of(tenant), body);
            return ((expected.Status, expected.Text), (actual.Status, actual.Text.Replace(tenant, World.Id.Value, StringComparison.Ordinal)));

            string Of(string name) => path.Replace("{t}", name, StringComparison.Ordinal);
        }
    }
}
