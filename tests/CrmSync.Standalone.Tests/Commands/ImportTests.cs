using CrmSync.Simulator;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

public sealed class ImportTests(ImportedAccount account) : IClassFixture<ImportedAccount>
{
    [Fact]
    public void Import_AfterSetup_SucceedsAndReportsInEightyPlainColumns()
    {
        Assert.True(account.Setup.Code == ExitCodes.Done, account.Setup.Error);
        Assert.True(account.Import.Code == ExitCodes.Done, account.Import.Output + account.Import.Error);
        Assert.Contains("type-not-mapped", account.Import.Output, StringComparison.Ordinal);
        Assert.Contains("opportunities: done", account.Import.Error, StringComparison.Ordinal);
        Assert.All(account.Import.Lines, line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\u001b', account.Import.Output + account.Import.Error);
    }

    [Fact]
    public async Task Import_Again_WritesNothing()
    {
        var again = await account.RunAsync("import", "--json");

        Assert.Equal(ExitCodes.Done, again.Code);
        Assert.Equal(0, (long)again.Json["report"]!["writes"]!);
    }

    [Fact]
    public async Task Import_OneStage_ReportsThatStage()
    {
        var result = await account.RunAsync("import", "--stage", "contacts", "--json");

        Assert.Equal("contacts", Assert.Single(result.Json["report"]!["stages"]!.AsArray())!["stage"]!.ToString());
    }

    [Fact]
    public async Task Explain_CreatedRecord_SaysWhereItIs()
    {
        var result = await account.RunAsync("explain", "company", await account.IdWithAsync("created"));

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Contains("in the CRM as", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_SkippedRecord_GivesReasonAndRemedy()
    {
        var id = await account.IdWithAsync("skipped");

        var result = await account.RunAsync("explain", "companies", id, "--json");

        Assert.False((bool)result.Json["inCrm"]!);
        Assert.NotEmpty(result.Json["entry"]!["reason"]!.ToString());
        Assert.NotEmpty(result.Json["remedy"]!.ToString());
    }

    [Fact]
    public async Task Explain_CrmId_FindsTheSameRecord()
    {
        var id = await account.IdWithAsync("created");
        var crm = (await account.RunAsync("explain", "companies", id, "--json")).Json["crm"]!.ToString();

        var result = await account.RunAsync("explain", "companies", crm, "--crm", "--json");

        Assert.Equal(id, result.Json["id"]!.ToString());
    }

    [Theory]
    [InlineData("companies", "99999999", "ConnectWise has no record 99999999")]
    [InlineData("companies", "x", "is no ConnectWise id")]
    [InlineData("users", "1", "No import brings in users.")]
    [InlineData("planets", "1", "There is no such kind of record.")]
    public async Task Explain_UnknownRecord_Is2(string entity, string id, string expected)
    {
        var result = await account.RunAsync("explain", entity, id);

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_ById_ShowsTheReport()
    {
        var result = await account.RunAsync("runs", account.ImportedRun["id"]!.ToString());

        Assert.Contains("companies", result.Output, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Runs_UnknownId_Is2()
    {
        var result = await account.RunAsync("runs", "20200101-000000-nothing");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
    }

    [Theory]
    [InlineData("users")]
    [InlineData("companies")]
    [InlineData("contacts")]
    [InlineData("solutions")]
    [InlineData("activities")]
    [InlineData("opportunities")]
    public async Task Crm_AnyEntity_ListsRecordsInEightyColumns(string entity)
    {
        var result = await account.RunAsync("crm", entity);

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Contains("Id", result.Output, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Tenant_Unknown_Is2()
    {
        var result = await account.RunAsync("runs", "--tenant", "nobody");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains("There is no such tenant.", result.Message, StringComparison.Ordinal);
    }
}

public sealed class ImportStateTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _files = new();
    private SimulatorServer? _simulator;
    private bool _interrupted;

    private string Data => Path.Combine(_files.Path, "data");

    public async Task InitializeAsync() => _simulator = await SimulatorServer.StartAsync(ImportedAccount.Small);

    public async Task DisposeAsync() => await _simulator!.DisposeAsync();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Import_NoTenant_Is3()
    {
        await (await Hosted.StartAsync(Data)).DisposeAsync();

        var result = await CommandResult.OfAsync("import", "--data", Data);

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("There is no tenant yet.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BeforeSetup_Is3AndNamesTheStep()
    {
        await CommandResult.OfAsync("tenants", "--data", Data, "--add", "acme");

        var result = await CommandResult.OfAsync("import", "--data", Data);

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("The set-up step \"connection\" has not been saved.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_StageAheadMissing_Is3AndNamesTheStage()
    {
        await SetUpAsync();

        var result = await CommandResult.OfAsync("import", "--data", Data, "--stage", "contacts");

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("The stage \"companies\" has not been imported yet.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DryRun_PlansAndWritesNothing()
    {
        await SetUpAsync();

        var result = await CommandResult.OfAsync("import", "--data", Data, "--dry-run", "--json");
        var crm = await CommandResult.OfAsync("crm", "companies", "--data", Data, "--json");

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.True((long)result.Json["report"]!["stages"]![0]!["created"]! > 0);
        Assert.Equal(0, (long)result.Json["report"]!["writes"]!);
        Assert.Empty(crm.Json.AsArray());
    }

    [Fact]
    public async Task Import_InterruptedOnce_CancelsReportsAndIs130()
    {
        await SetUpAsync();
        _simulator!.Switches.Latency = TimeSpan.FromMilliseconds(500);

        var result = await CommandResult.OfAsync(
            new Dictionary<string, string>(), (text, interruptions) => InterruptAt("records to read", text, interruptions.Interrupt), "import", "--data", Data);

        Assert.Equal(ExitCodes.Cancelled, result.Code);
        Assert.Contains("was cancelled. This is what it did until then:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ProcessEnds_LeavesTheRunAndTheNextStartBringsItToItsEnd()
    {
        await SetUpAsync();
        _simulator!.Switches.Latency = TimeSpan.FromMilliseconds(500);
        var left = await CommandResult.OfAsync(
            new Dictionary<string, string>(), (text, interruptions) => InterruptAt("records to read", text, interruptions.End), "import", "--data", Data);
        _simulator.Switches.Latency = TimeSpan.Zero;

        var next = await CommandResult.OfAsync("import", "--data", Data);

        Assert.Equal(ExitCodes.Cancelled, left.Code);
        Assert.True(next.Code == ExitCodes.Done, next.Output + next.Error);
        Assert.All((await CommandResult.OfAsync("runs", "--data", Data, "--json")).Json.AsArray(), run => Assert.Equal("completed", run!["state"]!.ToString()));
    }

    // Each stage says these words; a second interruption would mean something else.
    private void InterruptAt(string words, string text, Action interrupt)
    {
        if (!_interrupted && text.Contains(words, StringComparison.Ordinal))
        {
            _interrupted = true;
            interrupt();
        }
    }

    private async Task SetUpAsync()
    {
        var result = await CommandResult.OfAsync("setup", "--data", Data, "--file", _files.Write("setup.json", ImportedAccount.FileFor(_simulator!)));
        Assert.True(result.Code == ExitCodes.Done, result.Error);
    }
}
