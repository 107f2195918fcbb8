using System.Diagnostics;

namespace CrmSync.Benchmarks;

/// <summary>Starts what is measured in processes of its own.</summary>
internal static class Processes
{
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Runs a program to its end and gives its last line of output.</summary>
    public static async Task<string> LastLineAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output.TrimEnd().Split('\n')[^1]
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }

    public static IEnumerable<string> Dotnet(string assembly, IEnumerable<string> arguments) =>
        [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments];
}

/// <summary>The simulator in a process of its own.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SimulatorProcess(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<SimulatorProcess> StartAsync(Account account)
    {
        var process = Processes.Start("dotnet", Processes.Dotnet("CrmSync.Simulator.dll", account.Arguments));
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The simulator did not start.");
        return new SimulatorProcess(process, line[line.IndexOf("http", StringComparison.Ordinal)..].TrimEnd('/'));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
