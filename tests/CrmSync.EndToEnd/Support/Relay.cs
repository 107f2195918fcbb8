using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrmSync.EndToEnd.Support;

/// <summary>
/// A line to a server on this machine that hears what the client says, and breaks where a test says: before a text gets through, or when the server has
/// answered it and the client does not know.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly int _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<StringBuilder> _heard = [];
    private readonly Task _accepting;
    private Cut? _cut;

    private Relay(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Relay To(int server) => new(server);

    /// <summary>How often clients have said a text.</summary>
    public int Count(string text)
    {
        lock (_lock)
        {
            return _heard.Sum(heard => Occurrences(heard, text));
        }
    }

    /// <summary>Breaks the line on which a text is said for the n-th time from now on, and keeps silent there. Completes when it is so far.</summary>
    public Task CutAt(string text, int number, bool answered)
    {
        lock (_lock)
        {
            _cut = new Cut(text, _heard.Sum(heard => Occurrences(heard, text)) + number, answered);
            return _cut.Reached.Task;
        }
    }

    /// <summary>Cuts nothing any more.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _cut = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task RelayAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new TcpClient();
        using var hungUp = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, hungUp.Token);
            var line = new Line(client.GetStream(), server.GetStream());
            await Task.WhenAny(UpAsync(line, hungUp.Token), DownAsync(line, hungUp.Token)).Unwrap();
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // One of the two has hung up: the other one is told by the end of the line.
        }

        await hungUp.CancelAsync();
    }

    private async Task UpAsync(Line line, CancellationToken hungUp)
    {
        var heard = new StringBuilder();
        lock (_lock)
        {
            _heard.Add(heard);
        }

        var buffer = new byte[16 * 1024];
        while (await line.Client.ReadAsync(buffer, hungUp) is > 0 and var read)
        {
            if (Hear(heard, Encoding.Latin1.GetString(buffer, 0, read)) is { } cut)
            {
                line.Cut = cut;
                if (!cut.Answered)
                {
                    cut.Reached.TrySetResult();
                }
            }

            if (line.Cut is null or { Answered: true })
            {
                await line.Server.WriteAsync(buffer.AsMemory(0, read), hungUp);
            }
        }
    }

    private static async Task DownAsync(Line line, CancellationToken hungUp)
    {
        var buffer = new byte[16 * 1024];
        while (await line.Server.ReadAsync(buffer, hungUp) is > 0 and var read)
        {
            if (line.Cut is { } cut)
            {
                cut.Reached.TrySetResult();
            }
            else
            {
                await line.Client.WriteAsync(buffer.AsMemory(0, read), hungUp);
            }
        }
    }

    private Cut? Hear(StringBuilder heard, string text)
    {
        lock (_lock)
        {
            heard.Append(text);
            return _cut is { } cut && !cut.Reached.Task.IsCompleted && _heard.Sum(each => Occurrences(each, cut.Text)) >= cut.Number ? cut : null;
        }
    }

    private static int Occurrences(StringBuilder heard, string text) => heard.ToString().Split(text).Length - 1;

    private sealed record Cut(string Text, int Number, bool Answered)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Line(NetworkStream client, NetworkStream server)
    {
        private volatile Cut? _cut;

        public NetworkStream Client { get; } = client;

        public NetworkStream Server { get; } = server;

        public Cut? Cut
        {
            get => _cut;
            set => _cut = value;
        }
    }
}
