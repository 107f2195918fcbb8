using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>The storage emulator, started once for all tests of this assembly, in memory, on free ports, with an account of its own.</summary>
public sealed class Azurite
{
    private const string Account = "crmsynctests";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<Azurite>> Shared = new(StartAsync);

    private Azurite(string connectionString) => ConnectionString = connectionString;

    /// <summary>Why the emulator cannot be started here; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    public string ConnectionString { get; }

    public static Task<Azurite> SharedAsync() => Shared.Value;

    private static string Script => Path.Combine(Folder(), "node_modules", "azurite", "dist", "src", "azurite.js");

    private static async Task<Azurite> StartAsync()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var (blob, queue, table) = (FreePort(), FreePort(), FreePort());
        string[] arguments =
        [
            Script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
            "--blobPort", $"{blob}", "--queuePort", $"{queue}", "--tablePort", $"{table}",
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        foreach (var port in (int[])[blob, table])
        {
            await WaitAsync(port, process, errors);
        }

        return new Azurite($"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};"
            + $"BlobEndpoint=http://127.0.0.1:{blob}/{Account};TableEndpoint=http://127.0.0.1:{table}/{Account};");
    }

    private static async Task WaitAsync(int port, Process process, Task<string> errors)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience;)
        {
            Assert.False(process.HasExited, process.HasExited ? await errors : null);
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }

        Assert.Fail("Azurite does not answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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

        return File.Exists(Script) ? null : "azurite is not installed: run npm ci in tests/CrmSync.Storage.Azure.Tests/node.";
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "node", "package.json")))
            {
                return Path.Combine(folder.FullName, "node");
            }
        }

        return AppContext.BaseDirectory;
    }
}
