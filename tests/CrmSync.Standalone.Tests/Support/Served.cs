using System.Text.Json.Nodes;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Tests.Support;

/// <summary>A command that stays up until it is interrupted; it was started with "--json".</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Interruptions _interruptions = new();
    private readonly FirstLine _output = new();
    private Task<int> _command = Task.FromResult(0);

    /// <summary>What it told when it was ready.</summary>
    public JsonNode Told { get; private set; } = new JsonObject();

    public Uri Url => new(Told["url"]!.ToString());

    /// <summary>All that it wrote.</summary>
    public string Text => _output.ToString();

    public static async Task<Served> StartAsync(Dictionary<string, string> environment, params string[] args)
    {
        var served = new Served();
        var context = new CommandContext
        {
            Terminal = Terminal.Plain(served._output, served._output),
            Interruptions = served._interruptions,
            Environment = name => environment.GetValueOrDefault(name),
        };
        served._command = Task.Run(() => CommandLine.RunAsync(args, context));
        var ready = await Task.WhenAny(served._output.Written, served._command);
        Assert.True(ready == served._output.Written, served.Text);
        served.Told = JsonNode.Parse(await served._output.Written)!;
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        _interruptions.Interrupt();
        Assert.Equal(ExitCodes.Done, await _command);
        _interruptions.Dispose();
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _written.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            _written.TrySetResult(value ?? string.Empty);
        }
    }
}
