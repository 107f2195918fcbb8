using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrmSync.EndToEnd.Support;

/// <summary>The process of a Functions host over the app as it was built last.</summary>
internal static class FunctionsProcess
{
    /// <summary>Why there is no app; null where there is.</summary>
    public static string? Missing => Output is null ? "The Functions app has not been built: dotnet build src/CrmSync.Functions." : null;

    // As this assembly lies below tests/<project>/bin/<configuration>/<framework>, so does the app below src.
    private static string? Output
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            for (var folder = own; folder is not null; folder = folder.Parent)
            {
                var output = Path.Combine(folder.FullName, "src", "CrmSync.Functions", "bin", own.Parent!.Name, own.Name);
                if (File.Exists(Path.Combine(output, "host.json")))
                {
                    return output;
                }
            }

            return null;
        }
    }

    /// <summary>Starts it. It dies with this process at the latest.</summary>
    public static Process Start(string command, int port, IReadOnlyDictionary<string, string> settings, Action<string?> output)
    {
        var start = new ProcessStartInfo(command, ["start", "--no-build", "--script-root", Output!, "--port", $"{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        process.OutputDataReceived += (_, line) => output(line.Data);
        process.ErrorDataReceived += (_, line) => output(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended, or a test has disposed of it.
        }
    }
}
