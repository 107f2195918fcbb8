using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Demo;
using CrmSync.Standalone.Hosting;
using CrmSync.Standalone.Setup;
using Microsoft.Extensions.Logging;

namespace CrmSync.Benchmarks;

/// <summary>What one import process measured of itself.</summary>
/// <param name="Runs">The reports of the imports.</param>
/// <param name="CpuSeconds">Processor time of the first import, all threads.</param>
/// <param name="PeakKilobytes">The process's peak of resident memory.</param>
internal sealed record ImportMeasure(IReadOnlyList<RunReport> Runs, double CpuSeconds, long PeakKilobytes);

/// <summary>The product as one process: set up over its API, an import, and an import again.</summary>
internal static class ImportChild
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] args)
    {
        var (url, imports) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
        var data = Directory.CreateTempSubdirectory("crmsync-bench-");
        try
        {
            var options = new StandaloneOptions { DataDirectory = data.FullName, Log = new LogLines(Console.Error, LogLevel.Warning, TimeProvider.System) };
            await using var host = await StandaloneHost.StartAsync(options);
            using var api = new ApiClient(host.BaseAddress, host.OperatorKey!);
            await Tenants.EnsureAsync(api, "bench", "Benchmark", default);
            var tenant = new TenantClient(api, new("bench"));
            var account = new SimulatorOptions();
            var connection = new ConnectionForm
            {
                Site = url,
                Company = account.CompanyId,
                PublicKey = account.PublicKey,
                PrivateKey = account.PrivateKey,
                ClientId = "5f0d4a3e-7c1b-4e7a-9d5e-3b8f2a6c1d90",
            };
            await new SetupRunner(tenant, DemoSetup.With(connection), _ => null).RunAsync(_ => { }, default);
            var reports = new List<RunReport>();
            var cpuBefore = Process.GetCurrentProcess().TotalProcessorTime;
            double cpu = 0;
            for (var i = 0; i < imports; i++)
            {
                var run = await tenant.StartImportAsync(null, dryRun: false, default);
                while (!run.Ended)
                {
                    await Task.Delay(Pause);
                    run = await tenant.RunAsync(run.Id, default);
                }

                reports.Add(run.Report ?? throw new InvalidOperationException($"{run.State}: {run.Failure}"));
                cpu = i == 0 ? (Process.GetCurrentProcess().TotalProcessorTime - cpuBefore).TotalSeconds : cpu;
            }

            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, paused {GC.GetTotalPauseDuration().TotalSeconds:0.00} s, "
                + $"allocated {GC.GetTotalAllocatedBytes() >> 20} MB"));
            Console.WriteLine(JsonSerializer.Serialize(new ImportMeasure(reports, cpu, PeakKilobytes())));
            return 0;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static long PeakKilobytes()
    {
        // The kernel's own high-water mark where there is one; elsewhere what the runtime has seen.
        if (File.Exists("/proc/self/status"))
        {
            var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(string.Concat(line.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);
        }

        return Process.GetCurrentProcess().PeakWorkingSet64 / 1024;
    }
}
