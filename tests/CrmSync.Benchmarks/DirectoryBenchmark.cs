using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CrmSync.Benchmarks;

/// <summary>
/// Whole employee syncs (members from the simulator, the directory read, plan, guard, apply, report), the first one and one in which nothing has changed,
/// against what the directory's server itself needs: a bare HttpClient that asks for the very same pages and sends the very same number of creates, with the
/// same concurrency, in the same run. Reading ConnectWise is in the sync and not in the floor. Which of the two goes first changes from run to run.
/// </summary>
internal static class DirectoryBenchmark
{
    private const int Concurrency = 4;
    private const int PageSize = 200;

    public static async Task RunAsync(int members, int runs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Sync of {members:N0} members with scimmy, {Concurrency} writes at once"));
        List<double> firsts = [], ratios = [], creates = [], reads = [], agains = [], againRatios = [], againReads = [], againWrites = [];
        var created = 0;
        for (var run = 0; run < runs; run++)
        {
            // How many members become employees is known after the first sync.
            var early = run % 2 == 1 ? await FloorAsync(created) : null;
            if (await OursAsync(members) is not [var first, var again])
            {
                Console.WriteLine("scimmy is not installed: npm ci in tests/CrmSync.Directory.Scim.Tests/node");
                return;
            }

            created = (int)first.Report.Stages[0].Created;
            var floor = early ?? await FloorAsync(created);
            firsts.Add(first.Report.Seconds);
            ratios.Add(first.Report.Seconds / floor.CreateSeconds);
            creates.Add((double)Changes(first) / created);
            reads.Add((double)first.Asked.GetValueOrDefault("GET users") / floor.PagesBefore);
            agains.Add(again.Report.Seconds);
            againRatios.Add(again.Report.Seconds / floor.ReadSeconds);
            againReads.Add((double)again.Asked.GetValueOrDefault("GET users") / floor.PagesAfter);
            againWrites.Add(again.Report.Writes + Changes(again));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  run {run + 1}: {created:N0} created in {first.Report.Seconds:0.0} s, bare {floor.CreateSeconds:0.0} s; "
                + $"again {again.Report.Seconds:0.0} s, bare {floor.ReadSeconds:0.0} s"));
        }

        Statistics.Print("seconds, first sync", firsts, "");
        Statistics.Print("    first sync ÷ floor", ratios, "≤ 1.3");
        Statistics.Print("    requests that change, a created employee", creates, "1");
        Statistics.Print("    pages of the directory asked for ÷ one reading's", reads, "1");
        Statistics.Print("seconds, unchanged sync", agains, "");
        Statistics.Print("    unchanged sync ÷ bare reading of the directory", againRatios, "");
        Statistics.Print("    pages of the directory asked for ÷ one reading's", againReads, "1");
        Statistics.Print("    writes of the unchanged sync", againWrites, "0");
    }

    private static int Changes(SyncMeasure sync) => sync.Asked.Where(asked => !asked.Key.StartsWith("GET", StringComparison.Ordinal)).Sum(asked => asked.Value);

    private static async Task<DirectoryFloorMeasure> FloorAsync(int employees)
    {
        await using var server = await DirectoryServer.StartAsync() ?? throw new InvalidOperationException("scimmy did not start.");
        using var floor = new DirectoryFloor(server.Address, PageSize);
        var clock = Stopwatch.StartNew();
        await floor.ReadAsync();
        var before = floor.Requests;
        await floor.CreateAsync(employees, Concurrency);
        var (created, count) = (clock.Elapsed, floor.Requests);
        clock.Restart();
        var read = await floor.ReadAsync();
        return read == employees ? new DirectoryFloorMeasure(created.TotalSeconds, before, clock.Elapsed.TotalSeconds, floor.Requests - count)
            : throw new InvalidOperationException($"{read} users were read.");
    }

    private static async Task<SyncMeasure[]> OursAsync(int members)
    {
        await using var server = await DirectoryServer.StartAsync();
        if (server is null)
        {
            return [];
        }

        await using var simulator = await SimulatorProcess.StartAsync(new Account(10, 10, 10, 10, 10, 0) { Members = members });
        var line = await Processes.LastLineAsync(
            "dotnet", Processes.Dotnet("CrmSync.Benchmarks.dll", ["sync-child", simulator.Url, server.Address.ToString()]));
        return JsonSerializer.Deserialize<SyncMeasure[]>(line)!;
    }
}

/// <summary>What a bare client needed: for one reading of the empty directory and the creates, and for one reading of the full one.</summary>
internal sealed record DirectoryFloorMeasure(double CreateSeconds, int PagesBefore, double ReadSeconds, int PagesAfter);
