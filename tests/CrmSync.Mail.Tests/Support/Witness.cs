using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;

namespace CrmSync.Mail.Tests.Support;

/// <summary>A mail server that others wrote (npm's smtp-server), in a process of its own, which tells what it saw.</summary>
public sealed class Witness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly Channel<JsonNode> _told = Channel.CreateUnbounded<JsonNode>();

    private Witness(Process process)
    {
        _process = process;
        _ = ListenAsync();
    }

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
        while (await _told.Reader.WaitToReadAsync().AsTask().WaitAsync(Patience))
        {
            while (_told.Reader.TryRead(out var told))
            {
                if ((string)told["event"]! == name)
                {
                    return told;
                }
            }
        }

        throw new InvalidOperationException($"The witness has ended without the event \"{name}\".");
    }

    /// <summary>Hands on all that it tells until it is closed.</summary>
    public async Task ListenAsync(Action<JsonNode> listener)
    {
        await foreach (var told in _told.Reader.ReadAllAsync())
        {
            listener(told);
        }
    }

    /// <summary>Has it end.</summary>
    public void Close() => _process.StandardInput.Close();

    /// <summary>All that it tells until it is ended.</summary>
    public async Task<IReadOnlyList<JsonNode>> EndAsync()
    {
        Close();
        return await _told.Reader.ReadAllAsync().ToListAsync().AsTask().WaitAsync(Patience);
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

    // Heard at once, so that it never waits for somebody to listen.
    private async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _told.Writer.TryWrite(JsonNode.Parse(line)!);
        }

        _told.Writer.Complete();
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
