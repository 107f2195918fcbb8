using CrmSync.Simulator;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Setup;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Setup;

public sealed class SetupCommandTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _files = new();
    private SimulatorServer? _simulator;

    private string Data => Path.Combine(_files.Path, "data");

    public async Task InitializeAsync() => _simulator = await SimulatorServer.StartAsync(ImportedAccount.Small);

    public async Task DisposeAsync() => await _simulator!.DisposeAsync();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Setup_AllSteps_SavesEachInItsOrder()
    {
        var result = await SetUpAsync(ImportedAccount.FileFor(_simulator!), "--json");

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Equal(
            ["connection", "users", "invitations", "companies", "contacts", "solutions", "activities", "opportunities"],
            result.Json["steps"]!.AsArray().Select(step => step!["step"]!.ToString()));
    }

    [Fact]
    public async Task Setup_Twice_ChangesNothingAndInvitesNobodyAgain()
    {
        await SetUpAsync(ImportedAccount.FileFor(_simulator!));

        var again = await SetUpAsync(ImportedAccount.FileFor(_simulator!));

        Assert.Equal(ExitCodes.Done, again.Code);
        Assert.Contains("0 members invited", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_UnknownName_IsRefusedByNameWithThoseThatExist()
    {
        var result = await SetUpAsync(ImportedAccount.FileFor(
            _simulator!, """{ "users": { "types": "*" }, "companies": { "types": [ { "connectWise": "Cliant", "crm": null } ] } }"""));

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains("companies     refused", result.Output, StringComparison.Ordinal);
        Assert.Contains("ConnectWise has no type \"Cliant\".", result.Message, StringComparison.Ordinal);
        Assert.Contains("\"Client\"", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_StepOutOfOrder_Is3AndNamesTheMissingOne()
    {
        var result = await SetUpAsync(ImportedAccount.FileFor(_simulator!, """{ "companies": { "types": "*" } }"""));

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains("The step \"users\" has not been saved yet.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_WrongPrivateKey_Is4AndSavesNothing()
    {
        var file = ImportedAccount.FileFor(_simulator!).Replace("SimulatorPrivate", "wrong", StringComparison.Ordinal);

        var result = await SetUpAsync(file);
        var import = await CommandResult.OfAsync("import", "--data", Data);

        Assert.Equal(ExitCodes.Unavailable, result.Code);
        Assert.Contains("credentials", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong\"", result.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.RefusedByState, import.Code);
        Assert.Contains("\"connection\"", import.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_UnreachableSite_Is4()
    {
        var file = ImportedAccount.FileFor(_simulator!).Replace(_simulator!.BaseAddress.ToString().TrimEnd('/'), "http://127.0.0.1:1",
            StringComparison.Ordinal);

        var result = await SetUpAsync(file);

        Assert.Equal(ExitCodes.Unavailable, result.Code);
        Assert.Contains("site", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_PrivateKeyVariable_IsReadFromTheEnvironment()
    {
        var file = ImportedAccount.FileFor(_simulator!).Replace("\"privateKey\":\"SimulatorPrivate\"", "\"privateKeyEnv\":\"CW_KEY\"",
            StringComparison.Ordinal);
        string[] args = ["setup", "--data", Data, "--file", _files.Write("setup.json", file)];

        var missing = await CommandResult.OfAsync(args);
        var given = await CommandResult.OfAsync(new Dictionary<string, string> { ["CW_KEY"] = "SimulatorPrivate" }, null, args);

        Assert.Equal(ExitCodes.WrongInput, missing.Code);
        Assert.Contains("CW_KEY", missing.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, given.Code);
    }

    [Theory]
    [InlineData("{ \"tenant\": ", "It is no JSON")]
    [InlineData("[]", "It is no JSON object.")]
    [InlineData("{ \"tenant\": \"acme\", \"kompanies\": {} }", "There is no member \"kompanies\"")]
    [InlineData("{ \"users\": { \"types\": \"*\" } }", "names no tenant")]
    [InlineData("{ \"tenant\": \"Acme Inc\", \"users\": {} }", "cannot be a tenant's id")]
    [InlineData("{ \"tenant\": \"acme\", \"connection\": { \"sight\": \"x\" } }", "\"connection\" holds a member")]
    public async Task Setup_UnusableFile_Is2AndSaysWhatIsWrong(string file, string expected)
    {
        var result = await SetUpAsync(file);

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains(expected, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_Printed_IsAFileWithEveryStep()
    {
        var result = await CommandResult.OfAsync("setup", "--print-template");

        Assert.Equal(7, SetupFile.Parse(result.Output).Steps.Count());
        Assert.All(result.Lines, line => Assert.True(line.Length <= 84, line));
    }

    private Task<CommandResult> SetUpAsync(string file, params string[] more) =>
        CommandResult.OfAsync(["setup", "--data", Data, "--file", _files.Write("setup.json", file), .. more]);
}
