using System.Text.Json.Nodes;
using CrmSync.Core;
using CrmSync.Simulator;
using CrmSync.Standalone.Commands;

namespace CrmSync.Standalone.Tests.Support;

/// <summary>A small simulated account that was set up from a file and imported, all by commands.</summary>
public sealed class ImportedAccount : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _files = new();
    private SimulatorServer? _simulator;

    internal string Data => Path.Combine(_files.Path, "data");

    internal CommandResult Setup { get; private set; } = new(-1, "", "");

    internal CommandResult Import { get; private set; } = new(-1, "", "");

    internal JsonNode ImportedRun { get; private set; } = new JsonObject();

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync(Small);
        Setup = await CommandResult.OfAsync("setup", "--data", Data, "--file", _files.Write("setup.json", FileFor(_simulator)));
        Import = await CommandResult.OfAsync("import", "--data", Data);
        ImportedRun = (await RunAsync("runs", "--json")).Json[0]!;
    }

    public async Task DisposeAsync() => await _simulator!.DisposeAsync();

    public void Dispose() => _files.Dispose();

    internal static SimulatorOptions Small { get; } = new()
    {
        Companies = 60,
        Contacts = 90,
        CatalogItems = 30,
        Activities = 80,
        Opportunities = 20,
        Members = 12,
    };

    /// <summary>A set-up file for a simulator, with the given steps or the usual ones.</summary>
    internal static string FileFor(SimulatorServer simulator, string? steps = null)
    {
        var file = JsonNode.Parse(steps ?? Usual)!.AsObject();
        file["tenant"] ??= "acme";
        file["connection"] = JsonNode.Parse(CoreJson.Serialize(SimulatedConnection.Of(simulator)));
        return file.ToJsonString();
    }

    /// <summary>Runs a command against the account's data directory.</summary>
    internal Task<CommandResult> RunAsync(params string[] args) => CommandResult.OfAsync([.. args, "--data", Data]);

    /// <summary>The first record of the import with an outcome.</summary>
    internal async Task<string> IdWithAsync(string outcome)
    {
        await using var host = await Hosted.StartAsync(Data);
        var page = await host.Api.GetAsync<JsonNode>(
            $"api/tenants/acme/runs/{ImportedRun["id"]}/records?stage=companies&outcome={outcome}&limit=1", CancellationToken.None);
        return page["items"]![0]!["id"]!.ToString();
    }

    internal const string Usual = """
        {
          "users": { "types": "*", "invite": true },
          "companies": { "types": [ { "connectWise": "Client", "crm": "Client", "list": "Clients" }, "*" ], "except": [ "Vendor" ] },
          "contacts": { "types": "*" },
          "solutions": { "combinations": "*" },
          "activities": { "types": "*" },
          "opportunities": { "types": "*", "stages": "*" }
        }
        """;
}
