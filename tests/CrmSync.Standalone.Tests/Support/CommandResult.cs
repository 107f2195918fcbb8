using System.Text.Json.Nodes;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Tests.Support;

/// <summary>What a command line gave.</summary>
internal sealed record CommandResult(int Code, string Output, string Error)
{
    public IEnumerable<string> Lines => $"{Output}\n{Error}".Split('\n').Select(line => line.TrimEnd('\r'));

    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>The error as one line: where it was broken does not matter.</summary>
    public string Message => string.Join(' ', Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs a command line in this process with streams of its own.</summary>
    public static Task<CommandResult> OfAsync(params string[] args) => OfAsync(new Dictionary<string, string>(), null, args);

    public static async Task<CommandResult> OfAsync(
        IReadOnlyDictionary<string, string> environment, Action<string, Interruptions>? onError, params string[] args)
    {
        using var interruptions = new Interruptions();
        var output = new StringWriter();
        var error = new WatchedWriter(text => onError?.Invoke(text, interruptions));
        var context = new CommandContext
        {
            Terminal = Terminal.Plain(output, error),
            Interruptions = interruptions,
            Environment = name => environment.GetValueOrDefault(name),
        };
        var code = await CommandLine.RunAsync(args, context);
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Tells of every text that is written.</summary>
    private sealed class WatchedWriter(Action<string> watch) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            watch(value ?? string.Empty);
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            watch(value ?? string.Empty);
        }
    }
}
