using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Crm.Http;
using CrmSync.Simulator;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Standalone.Tests.Commands;

public sealed class CrmServeTests : IDisposable
{
    private const string Token = "t0ken-from-the-environment";
    private readonly TempDirectory _files = new();

    private string CrmData => Path.Combine(_files.Path, "crm");

    private string Data => Path.Combine(_files.Path, "data");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Serve_TokenFromTheEnvironment_OpensTheCrm()
    {
        await using var served = await ServeAsync();

        using var crm = await OpenAsync(served.Url, Token);

        Assert.Equal(("crm", null), (served.Told["tenant"]!.ToString(), served.Told["tokenFile"]));
        Assert.Contains("Clients", (await crm.ReadChoicesAsync(CancellationToken.None)).Lists);
        Assert.DoesNotContain(Token, served.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NoToken_MakesOneThatStaysAndThatOnlyItsOwnerCanRead()
    {
        string[] command = ["crm", "serve", "--data", CrmData, "--port", "0", "--json"];
        string? token;
        await using (var first = await Served.StartAsync([], command))
        {
            token = await File.ReadAllTextAsync(first.Told["tokenFile"]!.ToString());
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(first.Told["tokenFile"]!.ToString()) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        await using var second = await Served.StartAsync([], command);

        using var crm = await OpenAsync(second.Url, token.Trim());
        Assert.DoesNotContain(token.Trim(), second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_NamedVariableNotSet_Is2()
    {
        var result = await CommandResult.OfAsync("crm", "serve", "--data", CrmData, "--token-env", "NOT_SET");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains("NOT_SET", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_SeveralTenants_Is2AndNamesThem()
    {
        await CommandResult.OfAsync("tenants", "--data", CrmData, "--add", "acme");
        await CommandResult.OfAsync("tenants", "--data", CrmData, "--add", "beta");

        var result = await CommandResult.OfAsync("crm", "serve", "--data", CrmData, "--port", "0");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains("acme, beta", result.Message, StringComparison.Ordinal);
        Assert.Contains("--tenant", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DirectoryInUse_Is3()
    {
        await using var host = await Hosted.StartAsync(CrmData);

        Assert.Equal(ExitCodes.RefusedByState, (await CommandResult.OfAsync("crm", "serve", "--data", CrmData, "--port", "0")).Code);
    }

    [Fact]
    public async Task Import_IntoAServedCrm_BringsRecordsThereAndShowsThem()
    {
        await using var served = await ServeAsync();
        await using var connectWise = await SimulatorServer.StartAsync(ImportedAccount.Small);

        var setup = await SetUpAsync(connectWise, served.Url.ToString());
        var import = await CommandResult.OfAsync("import", "--data", Data);
        var all = await CommandResult.OfAsync("crm", "companies", "--data", Data, "--json", "--limit", "1000");
        var name = all.Json[0]!["fields"]!["name"]!.ToString();
        var searched = await CommandResult.OfAsync("crm", "companies", "--data", Data, "--json", "--search", name.ToUpperInvariant());

        Assert.True(setup.Code == ExitCodes.Done, setup.Message);
        Assert.True(import.Code == ExitCodes.Done, import.Message);
        using var crm = await OpenAsync(served.Url, Token);
        var there = await crm.ReadAllAsync(Entity.Company, CancellationToken.None).Select(company => company.Id.Value).ToListAsync();
        Assert.NotEmpty(there);
        Assert.Equal(there.Order(), all.Json.AsArray().Select(company => company!["id"]!.ToString()).Order());
        Assert.Contains(searched.Json.AsArray(), company => company!["fields"]!["name"]!.ToString() == name);
        Assert.All(Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories), file => Assert.True(
            File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Token)) < 0, $"The token stands in {file}."));
    }

    [Theory]
    [InlineData("wrong", null, "The CRM refuses the token")]
    [InlineData(Token, "http://127.0.0.1:1", "The CRM cannot be reached")]
    [InlineData(Token, "connectwise", "without words of the contract")]
    public async Task Setup_CrmThatDoesNotWork_Is4WithItsCauseAndSavesNothing_SU2(string token, string? address, string words)
    {
        await using var served = await ServeAsync();
        await using var connectWise = await SimulatorServer.StartAsync(ImportedAccount.Small);

        var setup = await SetUpAsync(connectWise, address == "connectwise" ? connectWise.BaseAddress.ToString() : address ?? served.Url.ToString(), token);
        var import = await CommandResult.OfAsync("import", "--data", Data);

        Assert.Equal(ExitCodes.Unavailable, setup.Code);
        Assert.Contains("crm: ", setup.Message, StringComparison.Ordinal);
        Assert.Contains(words, setup.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, setup.Message, StringComparison.Ordinal);
        Assert.Contains("\"connection\"", import.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_CrmThatTakesTheTokenNoMore_FailsWithItsCause()
    {
        await using var connectWise = await SimulatorServer.StartAsync(ImportedAccount.Small);
        string address;
        await using (var served = await ServeAsync())
        {
            address = served.Url.ToString();
            var setup = await SetUpAsync(connectWise, address);
            Assert.True(setup.Code == ExitCodes.Done, setup.Message);
        }

        await using var other = await Served.StartAsync(
            new() { ["MY_TOKEN"] = "another" }, "crm", "serve", "--data", CrmData, "--urls", address, "--token-env", "MY_TOKEN", "--json");
        var import = await CommandResult.OfAsync("import", "--data", Data);

        Assert.Equal(ExitCodes.Failed, import.Code);
        Assert.Contains("The CRM refuses the token", import.Output + import.Message, StringComparison.Ordinal);
    }

    private static Task<HttpCrm> OpenAsync(Uri url, string token) =>
        HttpCrm.OpenAsync(new HttpCrmConnection { Address = url.ToString(), Token = token, MaxAttempts = 1 }, TimeProvider.System, NullLogger<HttpCrm>.Instance);

    private Task<Served> ServeAsync() =>
        Served.StartAsync(new() { ["MY_TOKEN"] = Token }, "crm", "serve", "--data", CrmData, "--port", "0", "--token-env", "MY_TOKEN", "--json");

    private Task<CommandResult> SetUpAsync(SimulatorServer connectWise, string address, string token = Token)
    {
        var file = JsonNode.Parse(ImportedAccount.FileFor(connectWise))!;
        file["connection"]!["crm"] = new JsonObject { ["kind"] = "http", ["address"] = address, ["tokenEnv"] = "CRM_TOKEN" };
        return CommandResult.OfAsync(
            new Dictionary<string, string> { ["CRM_TOKEN"] = token }, null, "setup", "--data", Data, "--file", _files.Write("setup.json", file.ToJsonString()));
    }
}
