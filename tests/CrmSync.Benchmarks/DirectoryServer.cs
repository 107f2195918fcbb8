using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace CrmSync.Benchmarks;

/// <summary>scimmy, a SCIM directory that is not ours, in a process of its own.</summary>
internal sealed class DirectoryServer : IAsyncDisposable
{
    public const string Token = "token-of-the-benchmark";

    private readonly Process _process;

    private DirectoryServer(Process process, int port) => (_process, Address) = (process, new Uri($"http://127.0.0.1:{port}/scim/"));

    public Uri Address { get; }

    /// <summary>An empty directory; null where it is not installed.</summary>
    public static async Task<DirectoryServer?> StartAsync()
    {
        if (FindScript() is not { } script)
        {
            return null;
        }

        var start = new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["SCIM_TOKEN"] = Token;
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("scimmy did not start.");
        return new DirectoryServer(process, int.Parse(line, CultureInfo.InvariantCulture));
    }

    /// <summary>How often a directory was asked for what, since it was started.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> AskedAsync(Uri address)
    {
        using var http = new HttpClient();
        return await http.GetFromJsonAsync<Dictionary<string, int>>(new Uri(address, "/asked"))
            ?? throw new InvalidOperationException("scimmy did not tell what it was asked.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? FindScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var node = Path.Combine(folder.FullName, "tests", "CrmSync.Directory.Scim.Tests", "node");
            if (System.IO.Directory.Exists(Path.Combine(node, "node_modules", "scimmy-routers")))
            {
                return Path.Combine(node, "server.mjs");
            }
        }

        return null;
    }
}
