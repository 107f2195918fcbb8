using System.Globalization;
using System.Text.Json;

namespace CrmSync.Benchmarks;

/// <summary>R4: how peak memory grows with the account.</summary>
internal static class MemoryBenchmark
{
    private static readonly Account Small = new(12_500, 12_500, 0, 0, 0, 0);
    private static readonly Account Large = new(250_000, 250_000, 0, 0, 0, 0);

    public static async Task RunAsync(int runs)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak memory of an import of {Small.Records:N0} and of {Large.Records:N0} records"));
        List<double> small = [], large = [], slopes = [];
        for (var i = 0; i < runs; i++)
        {
            var (low, high) = (await PeakAsync(Small), await PeakAsync(Large));
            small.Add(low / 1024.0);
            large.Add(high / 1024.0);
            slopes.Add((double)(high - low) / (Large.Records - Small.Records));
        }

        Statistics.Print("MB at the peak, smaller account", small, "");
        Statistics.Print("MB at the peak, larger account", large, "");
        Statistics.Print("R4  KB a further record", slopes, "< 0.05");
    }

    private static async Task<long> PeakAsync(Account account)
    {
        await using var simulator = await SimulatorProcess.StartAsync(account);
        var line = await Processes.LastLineAsync("dotnet", Processes.Dotnet("CrmSync.Benchmarks.dll", ["import-child", simulator.Url, "1"]));
        return JsonSerializer.Deserialize<ImportMeasure>(line)!.PeakKilobytes;
    }
}
