using CrmSync.Simulator;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

public sealed class ServerTests : IDisposable
{
    private readonly TempDirectory _files = new();

    [Fact]
    public async Task Serve_DirectoryInUse_Is3AndSaysWhoHoldsItAndWhere()
    {
        await using var host = await Hosted.StartAsync(_files.Path);

        var result = await CommandResult.OfAsync("serve", "--data", _files.Path, "--port", "0");

        Assert.Equal(ExitCodes.RefusedByState, result.Code);
        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), result.Message, StringComparison.Ordinal);
        Assert.Contains(host.Url, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_DirectoryInUse_SpeaksWithTheServerThatHoldsIt()
    {
        await using var host = await Hosted.StartAsync(_files.Path);

        var result = await CommandResult.OfAsync("tenants", "--data", _files.Path, "--add", "acme", "--json");

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Equal("acme", result.Json[0]!["id"]!.ToString());
    }

    [Fact]
    public async Task Client_WrongKey_Is2()
    {
        await using var host = await Hosted.StartAsync(_files.Path);

        var result = await CommandResult.OfAsync("tenants", "--server", host.Url, "--key", "crmsync_wrong");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains("The key opens nothing.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_NoKey_Is2AndNamesTheVariable()
    {
        var result = await CommandResult.OfAsync("tenants", "--server", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
        Assert.Contains(CommonOptions.KeyVariable, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_KeyInTheEnvironment_IsUsed()
    {
        await using var host = await Hosted.StartAsync(_files.Path);
        var environment = new Dictionary<string, string> { [CommonOptions.KeyVariable] = host.Key };

        var result = await CommandResult.OfAsync(environment, null, "tenants", "--server", host.Url);

        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Contains("There is no tenant yet.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_NobodyAnswers_Is4()
    {
        // Port 1 is reserved: nobody listens there.
        var result = await CommandResult.OfAsync("tenants", "--server", "http://127.0.0.1:1", "--key", "any");

        Assert.Equal(ExitCodes.Unavailable, result.Code);
        Assert.Contains("No CrmSync server answers at http://127.0.0.1:1/.", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_AnotherServerAnswers_Is4()
    {
        await using var simulator = await SimulatorServer.StartAsync(ImportedAccount.Small);

        var result = await CommandResult.OfAsync("tenants", "--server", simulator.BaseAddress.ToString(), "--key", "any");

        Assert.Equal(ExitCodes.Unavailable, result.Code);
        Assert.Contains("is no CrmSync server", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_NoAddress_Is2()
    {
        var result = await CommandResult.OfAsync("tenants", "--server", "somewhere", "--key", "any");

        Assert.Equal(ExitCodes.WrongInput, result.Code);
    }

    [Fact]
    public async Task Keys_AddedAndRemoved_OpenAndShutTheTenant()
    {
        await using var host = await Hosted.StartAsync(_files.Path);
        await CommandResult.OfAsync("tenants", "--data", _files.Path, "--add", "acme");

        var added = await CommandResult.OfAsync("keys", "--data", _files.Path, "--add", "portal", "--json");
        string[] asked = ["runs", "--server", host.Url, "--tenant", "acme", "--key", added.Json["key"]!.ToString()];
        var opened = await CommandResult.OfAsync(asked);
        await CommandResult.OfAsync("keys", "--data", _files.Path, "--remove", added.Json["id"]!.ToString());
        var shut = await CommandResult.OfAsync(asked);

        Assert.Equal(ExitCodes.Done, opened.Code);
        Assert.Equal(ExitCodes.WrongInput, shut.Code);
    }

    public void Dispose() => _files.Dispose();
}
