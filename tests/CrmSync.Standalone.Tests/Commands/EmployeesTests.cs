using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

/// <summary>The commands after a sync (EM).</summary>
public sealed class EmployeesTests(EmployedAccount account) : IClassFixture<EmployedAccount>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if ((await account.ListAsync()).Count == 0)
        {
            await account.EnableAsync();
            var sync = await account.EmployeesAsync("sync");
            Assert.True(sync.Code == ExitCodes.Done, sync.Output + sync.Error);
            Assert.Contains("Employee sync", sync.Output, StringComparison.Ordinal);
            Assert.All(sync.Lines, line => Assert.True(line.Length <= 80, line));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Sync_Again_WritesNothing_EM8()
    {
        var again = await account.EmployeesAsync("sync", "--json");

        Assert.Equal(ExitCodes.Done, again.Code);
        Assert.Equal("employee-sync", again.Json["kind"]!.ToString());
        Assert.Equal(0, (long)again.Json["report"]!["writes"]!);
    }

    [Fact]
    public async Task Settings_Shown_HoldWhatWasSavedInEightyColumns_EM2()
    {
        var shown = await account.EmployeesAsync("settings");

        Assert.Contains("passed on", shown.Output, StringComparison.Ordinal);
        Assert.Matches("memberTypes +all", shown.Output);
        Assert.All(shown.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Explain_ByIdOrLoginName_TellsFiveStepsInEightyPlainColumns()
    {
        var id = await account.MemberAsync();

        var told = await account.EmployeesAsync("explain", id);
        var identifier = (await account.EmployeesAsync("explain", id, "--json")).Json["source"]!["fields"]!["identifier"]!.ToString();
        var byName = await account.EmployeesAsync("explain", identifier);

        Assert.Equal(ExitCodes.Done, told.Code);
        Assert.All(
            new[] { "1. Connection", "2. Source", "3. Scope", "4. Match", "5. Action" }, step => Assert.Contains(step, told.Output, StringComparison.Ordinal));
        Assert.All(told.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\u001b', told.Output);
        Assert.Equal(told.Output, byName.Output);
    }

    [Theory]
    [InlineData("99999999", "ConnectWise has no member 99999999.")]
    [InlineData("nobody", "ConnectWise has no member with the login name \"nobody\".")]
    public async Task Explain_UnknownMember_Is2(string member, string expected)
    {
        var result = await account.EmployeesAsync("explain", member);

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_NotInvited_AreThoseWhoWereCreated_EM7()
    {
        var all = await account.EmployeesAsync("list");

        Assert.NotEmpty(await account.ListAsync("--not-invited"));
        Assert.All(await account.ListAsync("--not-invited"), employee => Assert.Equal("waiting", employee!["invitation"]!.ToString()));
        Assert.All(all.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Invite_WithoutAMailServer_Is3_EM7()
    {
        var result = await account.EmployeesAsync("invite", "--all");

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("There is no mail server", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invite_NobodyOrBoth_Is2()
    {
        Assert.Equal(ExitCodes.WrongInput, (await account.EmployeesAsync("invite")).Code);
        Assert.Equal(ExitCodes.WrongInput, (await account.EmployeesAsync("invite", "--all", "1")).Code);
    }

    [Fact]
    public async Task Sync_OneMember_ReadsNobodyElse()
    {
        var result = await account.EmployeesAsync("sync", "--member", await account.MemberAsync(), "--json");

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Equal(await account.MemberAsync(), result.Json["employees"]!["member"]!.ToString());
        var unknown = await account.EmployeesAsync("sync", "--member", "99999999");
        Assert.Equal((ExitCodes.WrongInput, ""), (unknown.Code, unknown.Output));
        Assert.Contains("ConnectWise has no member 99999999", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanApply_NothingToApply_Is3AndUnknownRunIs2_PL1()
    {
        var done = (await account.EmployeesAsync("sync", "--json")).Json["id"]!.ToString();

        var applied = await account.EmployeesAsync("plan", "apply", done);
        var unknown = await account.EmployeesAsync("plan", "apply", "20200101-000000-nothing");

        Assert.Equal(ExitCodes.RefusedByState, applied.Code);
        Assert.Contains("can be applied", applied.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.WrongInput, unknown.Code);
    }

    [Fact]
    public async Task Runs_Listed_NameTheSync()
    {
        var runs = await account.RunAsync("runs");

        Assert.Contains("sync of employees", runs.Output, StringComparison.Ordinal);
    }
}

/// <summary>The commands before anything was saved, and what a guard says.</summary>
public sealed class EmployeesStateTests : IAsyncLifetime, IDisposable
{
    private readonly EmployedAccount _account = new();

    public Task InitializeAsync() => _account.InitializeAsync();

    public Task DisposeAsync() => _account.DisposeAsync();

    public void Dispose() => _account.Dispose();

    [Fact]
    public async Task Commands_BeforeSettings_Are3()
    {
        foreach (var line in new[] { "sync", "test", "explain 1", "invite --all" })
        {
            var result = await _account.EmployeesAsync(line.Split(' '));

            Assert.Equal(ExitCodes.RefusedByState, result.Code);
            Assert.Contains("have not been saved", result.Message, StringComparison.Ordinal);
        }

        Assert.Contains("Nothing has been saved yet.", (await _account.EmployeesAsync("settings")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_EnabledWithoutATest_Is3_EM2()
    {
        var result = await _account.SaveAsync("""{ "enabled": true, "memberTypes": "*" }""");

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("no test of this connection", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "memberTypes": ["Wizard"] }""", "ConnectWise has no member type \"Wizard\".")]
    [InlineData("""{ "profile": "King" }""", "no active profile \"King\"")]
    [InlineData("[]", "It is no JSON object.")]
    [InlineData("""{ "directory": { "kind": "scim", "address": "https://x.example.com", "tokenEnv": "NO_SUCH" } }""", "NO_SUCH")]
    public async Task Settings_Unusable_Are2AndSayWhatIsWrong(string file, string expected)
    {
        var result = await _account.SaveAsync(file);

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_Printed_CanBeSaved()
    {
        var template = await CommandResult.OfAsync("employees", "settings", "--print-template");

        Assert.All(template.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal(ExitCodes.Done, (await _account.SaveAsync(template.Output)).Code);
    }

    [Fact]
    public async Task DryRun_ThenPlanApply_CreatesWhatWasShown_PL1()
    {
        await _account.EnableAsync();
        var dry = await _account.EmployeesAsync("sync", "--dry-run", "--json");
        Assert.Empty(await _account.ListAsync());

        var applied = await _account.EmployeesAsync("plan", "apply", dry.Json["id"]!.ToString(), "--json");

        Assert.True(applied.Code == ExitCodes.Done, applied.Output + applied.Error);
        Assert.Equal((long)dry.Json["report"]!["employees"]!["planned"]!["creations"]!, (await _account.ListAsync()).Count);
    }

    [Fact]
    public async Task Sync_StoppedByAGuard_Is1AndTellsFiguresAndTheCommand_PL3()
    {
        await _account.EnableAsync();
        Assert.Equal(ExitCodes.Done, (await _account.EmployeesAsync("sync")).Code);
        await _account.EnableAsync(""", "status": "inactive", "limits": { "deactivations": { "share": 0.1, "atLeast": 2 } }""");

        var stopped = await _account.EmployeesAsync("sync");
        var run = (await _account.RunAsync("runs", "--json")).Json[0]!["id"]!.ToString();
        var applied = await _account.EmployeesAsync("plan", "apply", run, "--json");

        Assert.Equal(ExitCodes.Failed, stopped.Code);
        Assert.Contains("too-many-deactivations", stopped.Output, StringComparison.Ordinal);
        Assert.Matches("to make inactive +[0-9]+", stopped.Output);
        Assert.Contains($"crmsync employees plan apply {run}", stopped.Output, StringComparison.Ordinal);
        Assert.All(stopped.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.True(applied.Code == ExitCodes.Done, applied.Output + applied.Error);
        Assert.True((long)applied.Json["report"]!["employees"]!["deactivated"]! > 2);
    }
}
