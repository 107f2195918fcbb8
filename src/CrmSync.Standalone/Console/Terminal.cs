using Spectre.Console;

namespace CrmSync.Standalone.Console;

/// <summary>Where a command speaks: results to the output, everything else to the error stream, each plain or rich by what it is connected to.</summary>
internal sealed class Terminal
{
    /// <summary>What fits on the narrowest terminal that is served, and on one whose width is not known.</summary>
    public const int NarrowWidth = 80;

    private Terminal(TextWriter output, TextWriter error, IAnsiConsole results, IAnsiConsole messages, bool isLive) =>
        (Output, Error, Results, Messages, IsLive) = (output, error, results, messages, isLive);

    /// <summary>The output, for JSON.</summary>
    public TextWriter Output { get; }

    /// <summary>The error stream, for log lines.</summary>
    public TextWriter Error { get; }

    /// <summary>The output, for people.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>The error stream, for people.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>Whether the error stream is a terminal on which bars can move.</summary>
    public bool IsLive { get; }

    /// <summary>The process's own streams; plain where they lead to a file or pipe, with NO_COLOR, or on a dumb terminal.</summary>
    public static Terminal OfProcess()
    {
        var colourful = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var width = System.Console.IsErrorRedirected && System.Console.IsOutputRedirected ? NarrowWidth : WidthOfWindow();
        var (richOutput, richError) = (colourful && !System.Console.IsOutputRedirected, colourful && !System.Console.IsErrorRedirected);
        return new Terminal(
            System.Console.Out, System.Console.Error, Make(System.Console.Out, richOutput, width), Make(System.Console.Error, richError, width), richError);
    }

    /// <summary>Plain streams.</summary>
    public static Terminal Plain(TextWriter output, TextWriter error) => new(output, error, Make(output, false), Make(error, false), false);

    /// <summary>The same streams, but nothing for people: the output is left to JSON and the error stream to log lines.</summary>
    public Terminal ForMachines() => new(Output, Error, Make(TextWriter.Null, false), Make(TextWriter.Null, false), false);

    private static int WidthOfWindow()
    {
        try
        {
            return System.Console.WindowWidth;
        }
        catch (IOException)
        {
            return NarrowWidth;
        }
    }

    private static IAnsiConsole Make(TextWriter writer, bool rich, int width = NarrowWidth)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = rich ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = rich ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Math.Max(NarrowWidth, width);
        return console;
    }
}
