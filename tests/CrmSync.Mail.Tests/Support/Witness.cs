using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;

namespace CrmSync.Mail.Tests.Support;

/// <summary>A mail server that others wrote (npm's smtp-server), in a process of its own, which tells what it saw.</summary>
public sealed class Witness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private Witness(Process process) => _process = process;

    /// <summary>The port it listens on.</summary>
    public int Port { get; private set; }

    public static async Task<Witness> StartAsync(WitnessOptions? options = null)
    {
        var json = JsonSerializer.Serialize(options ?? new WitnessOptions(), JsonSerializerOptions.Web);
        var start = new ProcessStartInfo("node", [Path.Combine(NodeFactAttribute.Folder, "witness.js"), json])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var witness = new Witness(Process.Start(start)!);
        witness.Port = (int)(await witness.NextAsync("listening"))["port"]!;
        return witness;
    }

    /// <summary>The next event of this name; those before it are passed over.</summary>
    public async Task<JsonNode> NextAsync(string name)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (JsonNode.Parse(line)! is var told && (string)told["event"]! == name)
            {
                return told;
            }
        }

        throw new InvalidOperationException($"The witness has ended without the event \"{name}\".");
    }

    /// <summary>Hears all that it tells until it is closed: one that nobody listens to waits with its answers once its output is full.</summary>
    public async Task ListenAsync(Action<JsonNode> listener)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            listener(JsonNode.Parse(line)!);
        }
    }

    /// <summary>Has it end.</summary>
    public void Close() => _process.StandardInput.Close();

    /// <summary>All that it tells until it is ended.</summary>
    public async Task<IReadOnlyList<JsonNode>> EndAsync()
    {
        Close();
        var rest = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        return [.. rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>This server in a tenant's settings.</summary>
    public MailServer Server(MailEncryption encryption = MailEncryption.None, string host = "localhost", string? user = null, string? password = null) => new(
        new MailSettings
        {
            Host = host,
            Port = Port,
            Encryption = encryption,
            User = user,
            From = "People & Müller <people@sender.test>",
            Link = "https://people.example/join?t={token}",
        },
        password);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}

/// <summary>How the witness behaves: see node/witness.js.</summary>
public sealed record WitnessOptions
{
    public bool Secure { get; init; }

    public string? Key { get; init; }

    public string? Cert { get; init; }

    public Dictionary<string, string>? Users { get; init; }

    public string? Fault { get; init; }

    public int? Code { get; init; }

    public string? Said { get; init; }
}
