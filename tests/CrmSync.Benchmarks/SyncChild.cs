using System.Globalization;
using System.Text.Json;
using CrmSync.Core.Employees;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Simulator;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmSync.Benchmarks;

/// <summary>What one employee sync came to.</summary>
/// <param name="Report">Its report, with the time from its acceptance to its end.</param>
/// <param name="Asked">The requests that the directory got meanwhile, by what they asked for.</param>
internal sealed record SyncMeasure(RunReport Report, IReadOnlyDictionary<string, int> Asked);

/// <summary>The product as one process: set up over its API for a SCIM directory, an employee sync, and a sync again.</summary>
internal static class SyncChild
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(string[] args)
    {
        var (url, address) = (args[0], new Uri(args[1]));
        var data = Directory.CreateTempSubdirectory("crmsync-bench-");
        try
        {
            await using var host = await StandaloneHost.StartAsync(new StandaloneOptions
            {
                DataDirectory = data.FullName,
                Log = new LogLines(Console.Error, LogLevel.Warning, TimeProvider.System),
                StartsDailyRuns = false,
            });
            using var api = new ApiClient(host.BaseAddress, host.OperatorKey!);
            await Tenants.EnsureAsync(api, "bench", "Benchmark", default);
            var tenant = new TenantClient(api, new("bench"));
            await SetUpAsync(tenant, url, address);
            var (first, second) = (await SyncAsync(tenant, address), await SyncAsync(tenant, address));
            Console.WriteLine(JsonSerializer.Serialize(new[] { first, second }));
            return 0;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task SetUpAsync(TenantClient tenant, string url, Uri address)
    {
        var account = new SimulatorOptions();
        await tenant.SaveStepAsync(
            SetupStep.Connection,
            new ConnectionForm
            {
                Site = url,
                Company = account.CompanyId,
                PublicKey = account.PublicKey,
                PrivateKey = account.PrivateKey,
                ClientId = "5f0d4a3e-7c1b-4e7a-9d5e-3b8f2a6c1d90",
            },
            default);
        var settings = new EmployeeSettings
        {
            MemberTypes = null,
            Status = MemberStatus.All,
            Directory = new DirectorySettings { Kind = DirectoryKind.Scim, Address = address.ToString() },
        };
        await tenant.Employees.SaveAsync(new EmployeeForm { Settings = settings, DirectoryToken = DirectoryServer.Token }, default);
        var test = await tenant.Employees.TestAsync(null, default);
        if (test.Checks.FirstOrDefault(check => !check.Passed) is { } failed)
        {
            throw new InvalidOperationException($"{failed.Subject}: {failed.Cause}");
        }

        await tenant.Employees.SaveAsync(new EmployeeForm { Settings = settings with { Enabled = true } }, default);
    }

    private static async Task<SyncMeasure> SyncAsync(TenantClient tenant, Uri address)
    {
        var before = await DirectoryServer.AskedAsync(address);
        var run = await tenant.Employees.SyncAsync(dryRun: false, null, default);
        while (!run.Ended)
        {
            await Task.Delay(Pause);
            run = await tenant.RunAsync(run.Id, default);
        }

        var after = await DirectoryServer.AskedAsync(address);
        return run is { State: RunState.Completed, Report: { } report }
            ? new SyncMeasure(report, after.ToDictionary(pair => pair.Key, pair => pair.Value - before.GetValueOrDefault(pair.Key)))
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{run.State}: {run.Failure}"));
    }
}
