using System.Text.Json.Nodes;
using CrmSync.Simulator;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Tests.Support;

/// <summary>A small simulated account with a connection and nothing else, for the commands of the employee sync.</summary>
public sealed class EmployedAccount : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _files = new();
    private SimulatorServer? _simulator;

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync(ImportedAccount.Small with { Members = 30 });
        var setup = await RunAsync("setup", "--file", _files.Write("setup.json", ImportedAccount.FileFor(_simulator, "{}")));
        Assert.True(setup.Code == ExitCodes.Done, setup.Error);
    }

    public async Task DisposeAsync() => await _simulator!.DisposeAsync();

    public void Dispose() => _files.Dispose();

    /// <summary>What the API member of ConnectWise may do.</summary>
    internal SimulatorSwitches ConnectWise => _simulator!.Switches;

    /// <summary>Runs a command against the account's data directory.</summary>
    internal Task<CommandResult> RunAsync(params string[] args) => CommandResult.OfAsync([.. args, "--data", Path.Combine(_files.Path, "data")]);

    /// <summary>Runs a command below "employees".</summary>
    internal Task<CommandResult> EmployeesAsync(params string[] args) => RunAsync(["employees", .. args]);

    /// <summary>Saves settings.</summary>
    internal Task<CommandResult> SaveAsync(string settings) => EmployeesAsync("settings", "--file", _files.Write("employees.json", settings));

    /// <summary>Saves settings, tests and enables them.</summary>
    internal async Task EnableAsync(string more = "")
    {
        foreach (var (command, enabled) in new[] { ("settings", "false"), ("test", "false"), ("settings", "true") })
        {
            var file = _files.Write("employees.json", $$"""{ "enabled": {{enabled}}, "memberTypes": "*", "profile": "Employee"{{more}} }""");
            var result = await EmployeesAsync(command, "--file", file);
            Assert.True(result.Code == ExitCodes.Done, result.Output + result.Error);
        }
    }

    /// <summary>The first member that the last sync brought in.</summary>
    internal async Task<string> MemberAsync() => (await ListAsync())[0]!["member"]!.ToString();

    internal async Task<JsonArray> ListAsync(params string[] more) => (await EmployeesAsync(["list", "--json", .. more])).Json.AsArray();
}
