using System.Diagnostics;
using System.Globalization;
using CrmSync.Simulator.CommandLine;
using CrmSync.Simulator.Faults;

namespace CrmSync.Simulator.Tests.CommandLine;

public sealed class ArgumentsTests
{
    [Fact]
    public void TryParse_EveryOption_IsTaken()
    {
        string[] line =
        [
            "--port", "5000", "--seed", "9", "--companies", "1", "--contacts", "2", "--catalog", "3", "--activities", "4", "--opportunities", "5",
            "--members", "6", "--latency", "20", "--faults", "too-many-requests=0.01, truncated-json=0.5", "--on-premises", "--crm-seed", "crm.jsonl",
        ];

        Assert.True(Arguments.TryParse(line, out var arguments, out _));

        var options = arguments.Options;
        Assert.Equal((5000, 9, 1, 2, 3, 4, 5, 6),
            (options.Port, options.Seed, options.Companies, options.Contacts, options.CatalogItems, options.Activities, options.Opportunities,
            options.Members));
        Assert.Equal((TimeSpan.FromMilliseconds(20), false, "crm.jsonl"), (options.Latency, options.IsCloud, arguments.CrmSeedFile));
        Assert.Equal(0.5, options.FaultRates[FaultKind.TruncatedJson]);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "x")]
    [InlineData("--nothing", "1")]
    [InlineData("--faults", "lightning=0.1")]
    public void TryParse_WrongOnes_AreNamed(params string[] line)
    {
        Assert.False(Arguments.TryParse(line, out _, out var problem));
        Assert.Contains(line[0], problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_AskedToTerminate_SaysItsAddressFirstAndEndsWith0()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var program = typeof(SimulatorServer).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--companies", "30"]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync();
        var address = new Uri(line!.Split(' ')[^1]);
        using var client = new HttpClient();
        Assert.Contains("simmsp", await client.GetStringAsync(new Uri(address, "login/companyinfo/simmsp")), StringComparison.Ordinal);

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
    }
}
