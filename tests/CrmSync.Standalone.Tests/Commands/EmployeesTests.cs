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
    public async Task Runs_Listed_NameTheSync()
    {
        var runs = await account.RunAsync("runs");

        Assert.Contains("sync of employees", runs.Output, StringComparison.Ordinal);
    }
}
