using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulator.Tests.Support;

namespace CrmSync.Simulator.Tests.Peers;

/// <summary>A client that others wrote for the real ConnectWise reads the simulator and finds what is there.</summary>
public sealed class ConnectWiseRestTests
{
    [NodeFact]
    public async Task Paginate_WithConditions_ReadsExactlyTheRightRecords()
    {
        await using var host = await SimulatorHost.StartAsync(new SimulatorOptions { Companies = 4_321 });
        var account = host.Server.Account;
        var expected = account.Ids(SimulatedList.Company)
            .Where(id => account.Find(SimulatedList.Company, id)! is var c && !(bool)c["deletedFlag"]! && (int)c["status"]!["id"]! == 1).ToArray();

        var read = await ReadAsync(host, "companies", "deletedFlag = false and status/name = \"Active\"");

        Assert.Equal(expected.Length, (int)read["count"]!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', expected)))), (string)read["idsHash"]!);
    }

    [NodeFact]
    public async Task Paginate_OfEveryList_ReadsThemWhole()
    {
        await using var host = await SimulatorHost.StartAsync();
        var options = host.Server.Options;

        foreach (var (resource, count) in ((string, int)[])[
            ("contacts", options.Contacts), ("catalog", options.CatalogItems), ("activities", options.Activities),
            ("opportunities", options.Opportunities), ("members", options.Members)])
        {
            Assert.Equal(count, (int)(await ReadAsync(host, resource, ""))["count"]!);
        }
    }

    private static async Task<JsonNode> ReadAsync(SimulatorHost host, string resource, string conditions)
    {
        var options = host.Server.Options;
        string[] arguments =
        [
            Path.Combine(NodeFactAttribute.Folder, "read-all.js"), host.Server.BaseAddress.ToString(), options.CompanyId, options.PublicKey, options.PrivateKey,
            "0d9e4d5e-55f6-4be0-8f0b-52d8bf0b4a3b", resource, conditions,
        ];
        using var process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
        return JsonNode.Parse(await output)!;
    }
}
