using System.Globalization;
using System.Text.Json;
using CrmSync.Simulator;

namespace CrmSync.Benchmarks;

/// <summary>
/// R1, R2, R7: a whole account against its floor, and connectwise-rest reading the same companies in the same run. Which of the two goes first, and meets a
/// simulator that has just been started, changes from run to run.
/// </summary>
internal static class ImportBenchmark
{
    public static async Task RunAsync(int runs)
    {
        var account = new Account(100_000, 100_000, 1_000, 40_000, 9_000, 200);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Import of {account.Records:N0} records at {account.LatencyMilliseconds} ms a page, 4 requests at once: floor {account.FloorSeconds:0.00} s, {account.Pages} pages"));
        List<double> ratios = [], seconds = [], cpu = [], requests = [], again = [], againRequests = [], againWrites = [], companies = [], peers = [], peerRatios = [];
        for (var i = 0; i < runs; i++)
        {
            await using var simulator = await SimulatorProcess.StartAsync(account);
            var early = i % 2 == 1 ? await PeerSecondsAsync(simulator.Url) : null;
            var line = await Processes.LastLineAsync("dotnet", Processes.Dotnet("CrmSync.Benchmarks.dll", ["import-child", simulator.Url, "2"]));
            var measure = JsonSerializer.Deserialize<ImportMeasure>(line)!;
            var (first, second) = (measure.Runs[0], measure.Runs[1]);
            seconds.Add(first.Seconds);
            ratios.Add(first.Seconds / account.FloorSeconds);
            requests.Add((double)first.ConnectWiseRequests / account.Pages);
            cpu.Add(measure.CpuSeconds * 1_000_000 / account.Records);
            again.Add(second.Seconds / account.FloorSeconds);
            againRequests.Add((double)second.ConnectWiseRequests / account.Pages);
            againWrites.Add(second.Writes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  run {i + 1}: {first.Seconds:0.0} s, again {second.Seconds:0.0} s, peak {measure.PeakKilobytes / 1024} MB"));
            if ((early ?? await PeerSecondsAsync(simulator.Url)) is { } peer)
            {
                peers.Add(peer);
                companies.Add(account.Companies / 1000.0 * account.LatencyMilliseconds / 1000 / 4);
                peerRatios.Add(first.Seconds * account.Companies / account.Records / peer);
            }
        }

        Statistics.Print("seconds, whole import", seconds, "");
        Statistics.Print("R1  whole import ÷ floor", ratios, "≤ 1.5, goal 1.25");
        Statistics.Print("    requests of the first import ÷ pages", requests, "");
        Statistics.Print("    processor µs a record, first import", cpu, "");
        Statistics.Print("    unchanged import ÷ floor", again, "");
        Statistics.Print("R7  requests of the unchanged import ÷ pages", againRequests, "≤ 1.05");
        Statistics.Print("R7  writes of the unchanged import", againWrites, "0");
        if (peers.Count == 0)
        {
            Console.WriteLine("connectwise-rest is not installed (npm ci in tests/CrmSync.Simulator.Tests/node): no peer in this run");
            return;
        }

        Statistics.Print("    connectwise-rest, the companies alone, seconds", peers, "");
        Statistics.Print("R2  our seconds a record, all of the import ÷ its, reading", peerRatios, "≤ 0.30");
    }

    private static async Task<double?> PeerSecondsAsync(string url)
    {
        if (FindScript() is not { } script)
        {
            return null;
        }

        var options = new SimulatorOptions();
        var line = await Processes.LastLineAsync(
            "node", [script, url, options.CompanyId, options.PublicKey, options.PrivateKey, "5f0d4a3e-7c1b-4e7a-9d5e-3b8f2a6c1d90", "companies"]);
        return JsonDocument.Parse(line).RootElement.GetProperty("seconds").GetDouble();
    }

    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var node = Path.Combine(folder.FullName, "tests", "CrmSync.Simulator.Tests", "node");
            if (Directory.Exists(Path.Combine(node, "node_modules", "connectwise-rest")))
            {
                return Path.Combine(node, "read-all.js");
            }
        }

        return null;
    }
}
