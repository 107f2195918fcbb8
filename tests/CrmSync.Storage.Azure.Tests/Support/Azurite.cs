using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace CrmSync.Storage.Azure.Tests.Support;

/// <summary>The storage emulator, started once for all tests of this assembly, in memory, on free ports, with accounts of its own.</summary>
public sealed partial class Azurite
{
    private const string Account = "crmsynctests";
    private const string HostAccount = "crmsynchost";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<Task<Azurite>> Shared = new(StartAsync);

    private readonly ConcurrentDictionary<string, int> _tableRequests = new(StringComparer.Ordinal);

    /// <summary>Why the emulator cannot be started here; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    public required string ConnectionString { get; init; }

    /// <summary>A second account, for a Functions host's own data.</summary>
    public required string HostConnectionString { get; init; }

    /// <summary>The requests to tables so far, every try of each: what is sent together in a transaction is one.</summary>
    public int TableRequests => _tableRequests.GetValueOrDefault(Account);

    /// <summary>The same for the account of a Functions host.</summary>
    public int HostTableRequests => _tableRequests.GetValueOrDefault(HostAccount);

    private static string Script => Path.Combine(Folder(), "node_modules", "azurite", "dist", "src", "azurite.js");

    public static Task<Azurite> SharedAsync() => Shared.Value;

    private static async Task<Azurite> StartAsync()
    {
        var (key, hostKey) = (NewKey(), NewKey());
        var (blob, queue, table) = (FreePort(), FreePort(), FreePort());
        string[] arguments =
        [
            Script, "--skipApiVersionCheck", "--disableTelemetry", "--inMemoryPersistence",
            "--blobPort", $"{blob}", "--queuePort", $"{queue}", "--tablePort", $"{table}",
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key};{HostAccount}:{hostKey}";
        var process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        var azurite = new Azurite { ConnectionString = Of(Account, key), HostConnectionString = Of(HostAccount, hostKey) };
        process.OutputDataReceived += (_, line) => azurite.Count(line.Data);
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        foreach (var port in (int[])[blob, queue, table])
        {
            await WaitAsync(port, process, errors);
        }

        return azurite;

        string Of(string account, string secret) => $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={secret};"
            + $"BlobEndpoint=http://127.0.0.1:{blob}/{account};QueueEndpoint=http://127.0.0.1:{queue}/{account};"
            + $"TableEndpoint=http://127.0.0.1:{table}/{account};";
    }

    // A request to a table has one name behind the account; those to blobs and queues have more, or ask for a container.
    [GeneratedRegex("\"[A-Z]+ /(?<account>[a-z]+)/[^/?\"]+(?!\\S*[?&](?:restype|comp)=)(?:\\?\\S*)? HTTP/")]
    private static partial Regex TableRequest();

    private void Count(string? line)
    {
        if (line is not null && TableRequest().Match(line) is { Success: true } request)
        {
            _tableRequests.AddOrUpdate(request.Groups["account"].Value, 1, (_, count) => count + 1);
        }
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

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

    // Beside these tests, wherever in the repository the assembly lies.
    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var node = Path.Combine(folder.FullName, "tests", "CrmSync.Storage.Azure.Tests", "node");
            if (File.Exists(Path.Combine(node, "package.json")))
            {
                return node;
            }
        }

        return AppContext.BaseDirectory;
    }
}
