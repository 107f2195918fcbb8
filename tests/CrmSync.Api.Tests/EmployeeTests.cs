using System.Text;
using CrmSync.Core.Employees;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Api.Tests;

/// <summary>The employee sync over HTTP (EM).</summary>
public sealed class EmployeeTests : IAsyncLifetime
{
    private const string Base = "/api/tenants/acme/employees";
    private const string Fine = """{"settings":{"memberTypes":[1],"profile":"Employee"}}""";

    private readonly ApiHost _api = new();

    public async Task InitializeAsync()
    {
        await _api.InitializeAsync();
        await _api.SaveUpToAsync(SetupStep.Connection);
        _api.World.ConnectWise.Choices[Entity.Employee] = new() { Types = [new(1, "Sales"), new(2, "Engineer")] };
    }

    public Task DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Settings_SavedTestedAndEnabled_EM2()
    {
        (await PutAsync(Fine)).Is(200);
        (await PutAsync("""{"settings":{"enabled":true,"memberTypes":[1],"profile":"Employee"}}""")).IsProblem(409, "test-missing");
        Assert.Equal("True", (await _api.PostAsync($"{Base}/test")).Is(200).Member("passed"));

        var saved = (await PutAsync("""{"settings":{"enabled":true,"memberTypes":null,"profile":"Employee"}}""")).Is(200);

        Assert.Equal("True", saved.Member("testHolds"));
        var shown = (await _api.GetAsync($"{Base}/settings")).Is(200).Json.GetProperty("settings");
        Assert.Equal(("null", "True"), (shown.GetProperty("memberTypes").GetRawText(), shown.GetProperty("enabled").ToString()));
        (await PutAsync($$"""{"settings":{{shown.GetRawText()}}}""")).Is(200);
    }

    [Fact]
    public async Task Settings_Wrong_AreRefusedByTheirPlace_AX3()
    {
        Assert.Equal("/settings/profile", (await PutAsync("""{"settings":{"profile":"King"}}""")).IsProblem(400, "choice-unknown").Member("field"));
        Assert.Equal("/settings/status", (await PutAsync("""{"settings":{"status":"gone"}}""")).IsProblem(400, "value-invalid").Member("field"));
        (await PutAsync("""{}""")).IsProblem(400, "member-missing");
        Assert.Null((await _api.GetAsync($"{Base}/settings")).Is(200).Member("settings"));
    }

    [Fact]
    public async Task Secrets_AreInNoAnswerAndNoLog_SU11()
    {
        const string Body = """
            {"settings":{"directory":{"kind":"scim","address":"https://people.example.com/scim"},"mail":{"host":"mail.example.com","user":"hr","from":"hr@example.com",
            "link":"https://people.example.com/{token}"}},"directoryToken":"t0p-s3cret-1","mailPassword":"t0p-s3cret-2"}
            """;
        (await PutAsync(Body)).Is(200);
        (await _api.PostAsync($"{Base}/test")).Is(200);
        (await _api.GetAsync($"{Base}/settings")).Is(200);

        Assert.DoesNotContain(_api.Answered.Concat(_api.Logs.Lines), line => line.Contains("t0p-s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_AreListed_SU9()
    {
        var options = (await _api.GetAsync($"{Base}/options")).Is(200);

        Assert.Equal("Sales", options.Json.GetProperty("memberTypes")[0].GetProperty("name").GetString());
        Assert.Equal("Employee", options.Json.GetProperty("profiles")[0].GetString());
    }

    [Fact]
    public async Task Sync_DryRunForAll_IsAcceptedAndRunsOnce_EM8_IM8()
    {
        (await _api.PostAsync($"{Base}/syncs")).IsProblem(409, "employees-not-saved");
        (await PutAsync(Fine)).Is(200);
        (await _api.PostAsync($"{Base}/syncs")).IsProblem(409, "sync-not-enabled");

        var started = (await _api.PostAsync($"{Base}/syncs", """{"dryRun":true,"member":7}""")).Is(202);

        Assert.Equal(("employee-sync", $"/api/tenants/acme/runs/{started.Member("id")}"), (started.Member("kind"), started.Location));
        Assert.Equal(7, started.Json.GetProperty("employees").GetProperty("member").GetInt32());
        (await _api.GetAsync(started.Location!)).Is(200);
        Assert.Equal(started.Member("id"), (await _api.PostAsync($"{Base}/syncs", """{"dryRun":true}""")).IsProblem(409, "sync-running").Member("run"));
        (await _api.PostAsync($"{Base}/syncs", """{"member":0}""")).IsProblem(400, "id-invalid");
    }

    [Fact]
    public async Task Plan_ShownWithItsHash_IsApplied_PL1()
    {
        await EnableAsync();
        await AddPlanAsync("p1");

        var plan = (await _api.GetAsync("/api/tenants/acme/plans/p1?stage=employees&limit=1")).Is(200);
        var hash = plan.Member("hash")!;
        var next = (await _api.GetAsync($"/api/tenants/acme/plans/p1?stage=employees&limit=1&continuation={plan.Member("continuation")}")).Is(200);
        (await _api.PostAsync("/api/tenants/acme/plans/p1/apply", """{"hash":"no"}""")).IsProblem(409, "plan-changed");
        var applied = (await _api.PostAsync("/api/tenants/acme/plans/p1/apply", $$"""{"hash":"{{hash}}"}""")).Is(202);

        Assert.Equal(64, hash.Length);
        Assert.Equal(("employees", null), (plan.Json.GetProperty("stages")[0].GetProperty("stage").GetString(), next.Member("hash")));
        Assert.Equal("p1", applied.Json.GetProperty("employees").GetProperty("plan").GetString());
        (await _api.PostAsync("/api/tenants/acme/plans/none/apply", """{"hash":"no"}""")).IsProblem(404, "run-unknown");
    }

    [Fact]
    public async Task Employees_AreListedWithTheirInvitations_EM7()
    {
        await LinkAsync(1, 2, 3);
        await InviteAsync("e1", InvitationState.Waiting);

        var first = (await _api.GetAsync($"{Base}?limit=2")).Is(200);
        var second = (await _api.GetAsync($"{Base}?limit=2&continuation={first.Member("continuation")}")).Is(200);

        Assert.Equal((2, 1), (first.Json.GetProperty("items").GetArrayLength(), second.Json.GetProperty("items").GetArrayLength()));
        Assert.Equal("waiting", first.Json.GetProperty("items")[0].GetProperty("invitation").GetString());
    }

    [Fact]
    public async Task Invitations_ListedReleasedAndRedeemed_EM7()
    {
        (await PutAsync("""{"settings":{"mail":{"host":"mail.example.com","from":"hr@example.com","link":"https://people.example.com/{token}"}}}""")).Is(200);
        await LinkAsync(1, 2);
        await InviteAsync("e1", InvitationState.Waiting);
        await InviteAsync("e2", InvitationState.Due);
        await InviteAsync("e3", InvitationState.Waiting);

        Assert.Equal(2, (await _api.GetAsync($"{Base}/invitations?state=waiting")).Is(200).Json.GetProperty("items").GetArrayLength());
        (await _api.GetAsync($"{Base}/invitations?state=lost")).IsProblem(400, "state-unknown");
        var released = (await _api.PostAsync($"{Base}/invitations", """{"employees":["e1","e3","e9"]}""")).Is(200);
        Assert.Equal("""["e1"]""", released.Json.GetProperty("released").GetRawText());
        Assert.Equal("""["e3","e9"]""", released.Json.GetProperty("left").GetRawText());
        Assert.NotNull(released.Member("run"));

        await _api.Invitations.TryTakeAsync(SetupWorld.Acme, new("e1"), InvitationToken.HashOf("secret-token"), _api.Time.GetUtcNow(), default);
        Assert.Equal("e1", (await _api.PostAsync($"{Base}/invitations/redeem", """{"token":"secret-token"}""")).Is(200).Member("employee"));
        (await _api.PostAsync($"{Base}/invitations/redeem", """{"token":"secret-token"}""")).IsProblem(404, "token-unknown");
        Assert.DoesNotContain("tokenHash", (await _api.GetAsync($"{Base}/invitations")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_IsExplained()
    {
        (await _api.GetAsync($"{Base}/members/1/explanation")).IsProblem(409, "employees-not-saved");
        (await PutAsync(Fine)).Is(200);
        _api.World.ConnectWise.Employees.Add(new ConnectWiseRecord
        {
            Id = new(1),
            TypeIds = [1],
            Fields = new FieldValues { [FieldKeys.Identifier] = "Ann", [FieldKeys.Email] = "ann@example.com" },
        });

        var explained = (await _api.GetAsync($"{Base}/members/1/explanation")).Is(200);

        Assert.Equal("created", explained.Json.GetProperty("action").GetProperty("outcome").GetString());
        Assert.Equal(4, explained.Json.GetProperty("scope").GetArrayLength());
        (await _api.GetAsync($"{Base}/members/2/explanation")).IsProblem(404, "member-unknown");
        (await _api.GetAsync($"{Base}/members/x/explanation")).IsProblem(400, "id-invalid");
    }

    [Fact]
    public async Task Picture_WithItsSignature_IsServedToAnybody_EM10()
    {
        var picture = PictureCheck.Of(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1 })!;
        await _api.Pictures.WriteAsync(SetupWorld.Acme, picture, default);
        var address = (await _api.Addresses.OfAsync(SetupWorld.Acme, picture.Hash, default))!.PathAndQuery;

        var served = (await _api.SendAsync(HttpMethod.Get, address, null)).Is(200);

        Assert.Equal("image/png", served.MediaType);
        Assert.Contains("nosniff", served.Headers, StringComparison.Ordinal);
        Assert.Contains("immutable", served.Headers, StringComparison.Ordinal);
        foreach (var wrong in new[]
        {
            address[..^2], address.Split('?')[0], address.Replace("/acme/", "/beta/", StringComparison.Ordinal),
            address.Replace(picture.Hash, new string('0', 64), StringComparison.Ordinal), address + "%00",
        })
        {
            (await _api.SendAsync(HttpMethod.Get, wrong, null)).IsProblem(404, "picture-unknown");
        }
    }

    [Fact]
    public async Task Routes_OfAnotherTenant_AreClosed_AX1()
    {
        foreach (var path in new[] { Base, $"{Base}/settings", $"{Base}/options", $"{Base}/invitations", $"{Base}/members/1/explanation" })
        {
            (await _api.GetAsync(path, _api.Beta)).IsProblem(404, "tenant-unknown");
            Assert.Equal(401, (await _api.SendAsync(HttpMethod.Get, path, null)).Status);
        }
    }

    private Task<Answer> PutAsync(string json) =>
        _api.SendAsync(HttpMethod.Put, $"{Base}/settings", _api.Acme, new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task EnableAsync()
    {
        (await PutAsync(Fine)).Is(200);
        (await _api.PostAsync($"{Base}/test")).Is(200);
        (await PutAsync("""{"settings":{"enabled":true,"memberTypes":[1],"profile":"Employee"}}""")).Is(200);
    }

    private async Task AddPlanAsync(string id)
    {
        var run = new Run
        {
            Id = new(id),
            Tenant = SetupWorld.Acme,
            Kind = RunKind.EmployeeSync,
            Stages = [Entity.Employee],
            DryRun = true,
            State = RunState.Completed,
            StartedAt = _api.Time.GetUtcNow(),
            EndedAt = _api.Time.GetUtcNow(),
            Employees = new EmployeeOrder { DryRun = true },
            Report = new RunReport
            {
                Stages = [new StageReport { Stage = "employees", Read = 2, Created = 2 }],
                Writes = 0,
                ConnectWiseRequests = 3,
                Seconds = 1,
                FloorSeconds = 0,
                Employees = new EmployeeReport { Planned = new EmployeeFigures { Creations = 2 } },
            },
        };
        await _api.Runs.TryBeginAsync(run, default);
        using var lines = JsonLines.Write(new[] { 1L, 2L }.Select(member => new PlanLine
        {
            Entry = new RecordLogEntry { Id = new(member), Entity = Entity.Employee, Outcome = Outcome.Created },
        }).ToList());
        await _api.Runs.WritePartAsync(SetupWorld.Acme, run.Id, new PartName(PartKind.Plan, Entity.Employee, 0), lines.Memory, default);
    }

    private async Task LinkAsync(params long[] members) => Assert.Empty(await _api.World.Links.WriteAsync(SetupWorld.Acme, Entity.Employee,
    [
        .. members.Select(member =>
            new Link { ConnectWise = new(member), Crm = new($"e{member}"), ConnectWiseSnapshot = [], CrmSnapshot = [], Run = new("r") }),
    ], default));

    private Task InviteAsync(string employee, InvitationState state) => _api.Invitations.AddAsync(
        SetupWorld.Acme, new Invitation { Employee = new(employee), Email = $"{employee}@example.com", Name = employee, State = state }, default);
}
