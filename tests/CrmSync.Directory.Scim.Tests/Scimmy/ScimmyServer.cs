using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CrmSync.Scim.Tests.Scimmy;

/// <summary>scimmy in a process of its own, used by one test after the other, each time empty. It ends with this process.</summary>
public sealed class ScimmyServer
{
    public const string Token = "s3cr3t-token-of-scimmy";

    private static readonly ConcurrentBag<ScimmyServer> Idle = [];
    private static readonly HttpClient Http = new();

    private readonly Process _process;

    private ScimmyServer(Process process, int port) => (_process, Origin) = (process, new Uri($"http://127.0.0.1:{port}/"));

    /// <summary>Why it cannot be started here; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>The base address of the directory.</summary>
    public Uri Address => new(Origin, "scim/");

    private Uri Origin { get; }

    private static string Script => Path.Combine(Folder(), "server.mjs");

    /// <summary>An empty directory.</summary>
    public static async Task<ScimmyServer> RentAsync()
    {
        var server = Idle.TryTake(out var idle) ? idle : await StartAsync();
        (await Http.PostAsync(new Uri(server.Origin, "reset"), null)).EnsureSuccessStatusCode();
        return server;
    }

    /// <summary>Leaves it to the next test.</summary>
    public void GiveBack() => Idle.Add(this);

    private static async Task<ScimmyServer> StartAsync()
    {
        var start = new ProcessStartInfo("node", [Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SCIM_TOKEN"] = Token;
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.True(int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port), line is null ? await errors : line);
        return new ScimmyServer(process, port);
    }

    private static string? FindMissing()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            process.WaitForExit();
        }
        catch (Win32Exception)
        {
            return "node is not installed.";
        }

        return System.IO.Directory.Exists(Path.Combine(Folder(), "node_modules", "scimmy-routers"))
            ? null
            : "scimmy is not installed: run npm ci in tests/CrmSync.Directory.Scim.Tests/node.";
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "node", "server.mjs")))
            {
                return Path.Combine(folder.FullName, "node");
            }
        }

        return AppContext.BaseDirectory;
    }
}
