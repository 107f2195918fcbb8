using System.Globalization;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Tests.Setup.Fakes;

namespace CrmSync.Api.Tests;

public sealed class HappyPathTests : IAsyncLifetime
{
    private static readonly TenantId Tenant = SetupWorld.Acme;

    private readonly ApiHost _api = new();

    public Task InitializeAsync() => _api.InitializeAsync();

    public Task DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Tenants_Added_ListedAndShownInPages()
    {
        var added = (await _api.PostAsync("/api/tenants", """{"id":"gamma","name":"Gamma"}""", _api.Operator)).Is(201);
        Assert.Equal("/api/tenants/gamma", added.Location);
        Assert.Equal("2026-03-04T05:06:07+00:00", added.Member("createdAt"));

        Assert.Equal(["acme", "beta", "gamma"], await PagesAsync("/api/tenants?limit=1", "id", 3, _api.Operator));
        Assert.Equal("Gamma", (await _api.GetAsync("/api/tenants/gamma", _api.Operator)).Is(200).Member("name"));
    }

    [Fact]
    public async Task Setup_EveryStep_SavedShownAndComplete_SU1()
    {
        foreach (var (step, body) in new (string, object)[]
        {
            ("connection", SetupWorld.Connection), ("users", SetupWorld.Users), ("companies", SetupWorld.Companies), ("contacts", SetupWorld.Contacts),
            ("solutions", SetupWorld.Solutions), ("activities", SetupWorld.Activities), ("opportunities", SetupWorld.Opportunities),
        })
        {
            var saved = (await _api.PutAsync($"/api/tenants/acme/setup/{step}", body)).Is(200);
            Assert.Equal(("saved", step), (saved.Member("state"), saved.Member("step")));

            var shown = (await _api.GetAsync($"/api/tenants/acme/setup/{step}")).Is(200);
            (await _api.SendAsync(HttpMethod.Put,
                $"/api/tenants/acme/setup/{step}", _api.Acme, ApiHost.Json(shown.Json.GetProperty("settings").GetRawText()))).Is(200);
        }

        var overview = (await _api.GetAsync("/api/tenants/acme/setup")).Is(200);
        Assert.Equal("True", overview.Member("complete"));
        Assert.Equal("14", overview.Member("version"));
    }

    [Fact]
    public async Task Setup_NothingSaved_ShowsTheNextStep_SU1()
    {
        Assert.Equal("connection", (await _api.GetAsync("/api/tenants/acme/setup")).Is(200).Member("next"));
        Assert.Equal("next", (await _api.GetAsync("/api/tenants/acme/setup/connection")).Is(200).Member("state"));
        Assert.Null((await _api.GetAsync("/api/tenants/acme/setup/users")).Is(200).Member("settings"));
    }

    [Fact]
    public async Task Setup_OptionsFieldsAndTest_Answered_SU2_SU9()
    {
        await _api.SaveUpToAsync(SetupStep.Connection);

        Assert.Contains("Salesperson", (await _api.GetAsync("/api/tenants/acme/setup/users/options")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("custom:7", (await _api.GetAsync("/api/tenants/acme/setup/companies/fields")).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal("True", (await _api.PostAsync("/api/tenants/acme/setup/connection/test")).Is(200).Member("passed"));
        Assert.Equal("True",
            (await _api.PostAsync("/api/tenants/acme/setup/connection/test", Core.CoreJson.Serialize(SetupWorld.Connection))).Is(200).Member("passed"));
    }

    [Fact]
    public async Task Users_InvitedAndListed_SU4()
    {
        _api.World.AddMember(1, "ann@example.com");
        _api.World.AddMember(2, "bob@example.com");
        await _api.SaveUpToAsync(SetupStep.Users);

        var invited = (await _api.PostAsync("/api/tenants/acme/users/invitations", """{"members":[2]}""")).Is(200);

        Assert.Equal("invited", invited.Json.GetProperty("members")[0].GetProperty("outcome").GetString());
        Assert.Equal(["not-linked", "invited"], await PagesAsync("/api/tenants/acme/users?limit=1", "state", 2));
    }

    [Fact]
    public async Task Import_StartedShownAndCancelled_IM5_IM8()
    {
        await _api.SaveUpToAsync(SetupStep.Opportunities);

        var started = (await _api.PostAsync("/api/tenants/acme/imports", """{"stage":"companies","dryRun":true}""")).Is(202);
        var second = (await _api.PostAsync("/api/tenants/acme/imports")).IsProblem(409, "import-running");
        var shown = (await _api.GetAsync(started.Location!)).Is(200);
        var cancelled = (await _api.PostAsync($"{started.Location}/cancel")).Is(202);

        Assert.Equal($"/api/tenants/acme/imports/{started.Member("id")}", started.Location);
        Assert.Equal(started.Member("id"), second.Member("run"));
        Assert.Equal(("running", "True"), (shown.Member("state"), shown.Member("dryRun")));
        Assert.Equal("cancelling", cancelled.Member("state"));
    }

    [Fact]
    public async Task Import_NotCompleteOrStageAheadMissing_409_IM2()
    {
        Assert.Equal("connection", (await _api.PostAsync("/api/tenants/acme/imports")).IsProblem(409, "step-missing").Member("step"));
        await _api.SaveUpToAsync(SetupStep.Opportunities);
        Assert.Equal("companies",
            (await _api.PostAsync("/api/tenants/acme/imports", """{"stage":"contacts"}""")).IsProblem(409, "stage-missing").Member("stage"));
    }

    [Fact]
    public async Task Import_UnderWay_TellsTheTimeLeft_IM5()
    {
        await AddRunAsync("r1", run => run with
        {
            State = RunState.Running,
            Stages = [Entity.Company],
            Progress = new RunProgress { Stages = [new StageProgress { Stage = Entity.Company, Expected = 100, Observed = 50, Planned = 50, ToApply = 0 }] },
        });
        _api.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal("60", (await _api.GetAsync("/api/tenants/acme/imports/r1")).Is(200).Member("secondsLeft"));
    }

    [Fact]
    public async Task Runs_Several_ListedNewestFirstInPages()
    {
        foreach (var id in new[] { "r1", "r2", "r3" })
        {
            await AddRunAsync(id);
        }

        Assert.Equal(["r3", "r2", "r1"], await PagesAsync("/api/tenants/acme/runs?limit=2", "id", 2));
        Assert.Equal("completed", (await _api.GetAsync("/api/tenants/acme/runs/r2")).Is(200).Member("state"));
        Assert.Empty((await _api.GetAsync("/api/tenants/beta/runs", _api.Beta)).Is(200).Json.GetProperty("items").EnumerateArray());
        (await _api.GetAsync("/api/tenants/beta/runs/r2", _api.Beta)).IsProblem(404, "run-unknown");
    }

    [Theory]
    [InlineData("runs/r1/records")]
    [InlineData("plans/r1")]
    public async Task Records_OfARun_FilteredAndPaged_IM9(string path)
    {
        await AddPlanAsync("r1");
        var at = $"/api/tenants/acme/{path}";

        Assert.Equal(["1", "2", "3", "4", "5"], await PagesAsync($"{at}?limit=2", "id", 3));
        Assert.Equal(["2", "4"], await PagesAsync($"{at}?stage=companies&outcome=skipped&reason=inactive&limit=1", "id", 2));
        Assert.Equal(["3"], await PagesAsync($"{at}?id=3", "id", 1));
        Assert.Empty(await PagesAsync($"{at}?stage=contacts", "id", 1));
    }

    [Fact]
    public async Task Continuation_TamperedOrFromAnotherList_400()
    {
        await AddPlanAsync("r1");
        await AddPlanAsync("r2");
        var token = (await _api.GetAsync("/api/tenants/acme/runs/r1/records?limit=2")).Is(200).Member("continuation")!;
        var tampered = token[..^2] + (token[^2] == 'A' ? "BB" : "AA");

        (await _api.GetAsync($"/api/tenants/acme/runs/r1/records?limit=2&continuation={token}")).Is(200);
        (await _api.GetAsync($"/api/tenants/acme/runs/r1/records?limit=2&continuation={tampered}")).IsProblem(400, "continuation-invalid");
        (await _api.GetAsync($"/api/tenants/acme/runs/r2/records?limit=2&continuation={token}")).IsProblem(400, "continuation-invalid");
        (await _api.GetAsync($"/api/tenants/acme/runs/r1/records?outcome=created&continuation={token}")).IsProblem(400, "continuation-invalid");
    }

    [Fact]
    public async Task Record_NotReadByARun_Explained_IM9()
    {
        await _api.SaveUpToAsync(SetupStep.Connection);
        _api.World.ConnectWise.Records.Add(new ConnectWiseRecord { Id = new(7), Fields = [] });
        await LinkAsync(8, "c8");

        Assert.Equal("False", (await _api.GetAsync("/api/tenants/acme/records/companies/7/explanation")).Is(200).Member("inCrm"));
        Assert.Equal("8", (await _api.GetAsync("/api/tenants/acme/records/companies/c8/explanation?side=crm")).Is(200).Member("id"));
        (await _api.GetAsync("/api/tenants/acme/records/companies/9/explanation")).IsProblem(404, "record-unknown");
    }

    [Fact]
    public async Task Backups_ListedAndStreamed_ME7()
    {
        foreach (var run in new[] { "r1", "r2" })
        {
            _api.Backups.Backups.Add((Tenant, new BackupSummary(new(run), 2, _api.Time.GetUtcNow()),
            [
                new BackupRecord(Side.Crm, Entity.Company, "c1", null, new FieldValues { { "name", "Älter" } }),
                new BackupRecord(Side.Crm, Entity.Company, "c2", null, new FieldValues { { "name", null } }),
            ]));
        }

        Assert.Equal(["r2", "r1"], await PagesAsync("/api/tenants/acme/backups?limit=1", "run", 2));
        var stream = (await _api.GetAsync("/api/tenants/acme/backups/r1")).Is(200);
        Assert.Equal("application/jsonl", stream.MediaType);
        Assert.Equal(2, stream.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Älter", stream.Text, StringComparison.Ordinal);
        (await _api.GetAsync("/api/tenants/beta/backups/r1", _api.Beta)).IsProblem(404, "backup-unknown");
    }

    [Fact]
    public async Task Links_SparseIds_AllListedInPages()
    {
        long[] ids = [1, 2, 5000, 5001, 9_000_000, 3_000_000_000];
        foreach (var id in ids)
        {
            await LinkAsync(id, $"c{id}");
        }

        var found = new List<string>();
        var after = "0";
        while (after is not null)
        {
            var page = (await _api.GetAsync($"/api/tenants/acme/links/companies?limit=2&after={after}")).Is(200);
            found.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("connectWise").ToString()));
            after = page.Member("after");
        }

        Assert.Equal(ids.Select(id => id.ToString(CultureInfo.InvariantCulture)), found);
        Assert.Equal(6, (await _api.GetAsync("/api/tenants/acme/links/company")).Is(200).Json.GetProperty("items").GetArrayLength());
        Assert.InRange(_api.World.Links.RangesRead, 1, 150);
    }

    [Fact]
    public async Task Crm_SearchedPagedAndShown()
    {
        foreach (var id in new[] { "a", "b", "c" })
        {
            _api.Crm.Companies.Add(new CrmRecord { Id = new(id), Fields = new FieldValues { { FieldKeys.Name, $"Company {id}" } } });
        }

        Assert.Equal(["a", "b", "c"], await PagesAsync("/api/tenants/acme/crm/companies?limit=2", "id", 2));
        Assert.Equal(["b"], await PagesAsync("/api/tenants/acme/crm/companies?search=company%20B", "id", 1));
        Assert.Equal("Company b",
            (await _api.GetAsync("/api/tenants/acme/crm/companies/b")).Is(200).Json.GetProperty("fields").GetProperty("name").GetString());
    }

    private async Task<List<string>> PagesAsync(string path, string member, int pages, string? key = null)
    {
        var found = new List<string>();
        string? continuation = null;
        var read = 0;
        do
        {
            var page = (await _api.GetAsync(continuation is null ? path : $"{path}&continuation={continuation}", key)).Is(200);
            found.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).ToString()));
            continuation = page.Member("continuation");
            read++;
        }
        while (continuation is not null);
        Assert.Equal(pages, read);
        return found;
    }

    private Task AddRunAsync(string id, Func<Run, Run>? change = null)
    {
        var run = new Run
        {
            Id = new(id),
            Tenant = Tenant,
            Kind = RunKind.Import,
            Stages = Stages.All,
            StartedAt = _api.Time.GetUtcNow(),
            DryRun = true,
            State = RunState.Completed,
        };
        return _api.Runs.UpdateAsync(change is null ? run : change(run), default);
    }

    private async Task AddPlanAsync(string id)
    {
        await AddRunAsync(id);
        using var plan = JsonLines.Write(Enumerable.Range(1, 5).Select(number => new PlanLine
        {
            Entry = new RecordLogEntry
            {
                Id = new(number),
                Entity = Entity.Company,
                Outcome = number % 2 == 0 ? Outcome.Skipped : Outcome.Created,
                Reason = number % 2 == 0 ? "inactive" : null,
            },
        }).ToList());
        await _api.Runs.WritePartAsync(Tenant, new(id), new PartName(PartKind.Plan, Entity.Company, 0), plan.Memory, default);
    }

    private async Task LinkAsync(long id, string crm) => Assert.Empty(await _api.World.Links.WriteAsync(Tenant, Entity.Company,
        [new Link { ConnectWise = new(id), Crm = new(crm), ConnectWiseSnapshot = [], CrmSnapshot = [], Run = new("r1") }], default));
}
