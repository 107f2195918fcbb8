using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

/// <summary>Plans: shown, stopped by a guard, approved (PL-1, PL-3).</summary>
public sealed class EmployeesPlanTests : IAsyncLifetime, IDisposable
{
    private readonly EmployedAccount _account = new();

    public Task InitializeAsync() => _account.InitializeAsync();

    public Task DisposeAsync() => _account.DisposeAsync();

    public void Dispose() => _account.Dispose();

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
        var shown = await _account.EmployeesAsync("plan", "show", run);
        var plan = (await _account.EmployeesAsync("plan", "show", run, "--json")).Json;
        var hash = plan["hash"]!.ToString();
        var other = await _account.EmployeesAsync("plan", "apply", run, "--hash", new string('0', 64));
        var applied = await _account.EmployeesAsync("plan", "apply", run, "--hash", hash, "--json");

        Assert.Equal(ExitCodes.Failed, stopped.Code);
        Assert.Contains("too-many-deactivations", stopped.Output, StringComparison.Ordinal);
        Assert.Matches("to make inactive +[0-9]+", stopped.Output);
        Assert.Contains($"crmsync employees plan apply {run}", stopped.Output, StringComparison.Ordinal);
        Assert.All(stopped.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Matches("change +[0-9]+  employee ", shown.Output);
        Assert.Contains("active: true → false", shown.Output, StringComparison.Ordinal);
        Assert.Contains("too-many-deactivations", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"Hash: {hash}", shown.Output, StringComparison.Ordinal);
        Assert.All(shown.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal((long)plan["employees"]!["deactivations"]!, plan["items"]!.AsArray().Count(item => item!["outcome"]!.ToString() == "updated"));
        Assert.Equal(ExitCodes.RefusedByState, other.Code);
        Assert.Contains("is not this plan's", other.Message, StringComparison.Ordinal);
        Assert.True(applied.Code == ExitCodes.Done, applied.Output + applied.Error);
        Assert.Equal((long)plan["employees"]!["deactivations"]!, (long)applied.Json["report"]!["employees"]!["deactivated"]!);
    }

    [Fact]
    public async Task PlanShow_OfADryRun_TellsWhomItWouldCreateAndUnknownRunIs2_PL1()
    {
        await _account.EnableAsync();
        var dry = (await _account.EmployeesAsync("sync", "--dry-run", "--json")).Json;

        var shown = await _account.EmployeesAsync("plan", "show", dry["id"]!.ToString());
        var unknown = await _account.EmployeesAsync("plan", "show", "20200101-000000-nothing");

        Assert.Equal(
            (long)dry["report"]!["employees"]!["planned"]!["creations"]!,
            shown.Lines.Count(line => line.EndsWith("new employee", StringComparison.Ordinal)));
        Assert.All(shown.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.Equal(ExitCodes.WrongInput, unknown.Code);
        Assert.Empty(await _account.ListAsync());
    }

    [Fact]
    public async Task PlanApply_NothingToApply_Is3AndUnknownRunIs2_PL1()
    {
        await _account.EnableAsync();
        var done = (await _account.EmployeesAsync("sync", "--json")).Json["id"]!.ToString();

        var applied = await _account.EmployeesAsync("plan", "apply", done);
        var cancelled = await _account.RunAsync("runs", "cancel", done);
        var unknown = await _account.EmployeesAsync("plan", "apply", "20200101-000000-nothing");

        Assert.Equal(ExitCodes.RefusedByState, applied.Code);
        Assert.Contains("can be applied", applied.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.RefusedByState, cancelled.Code);
        Assert.Contains("has ended", cancelled.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.WrongInput, unknown.Code);
    }
}
