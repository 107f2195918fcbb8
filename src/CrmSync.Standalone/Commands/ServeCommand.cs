using System.CommandLine;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync serve</c>: the server, until Ctrl-C.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 7071;

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "The port to listen at on this machine; 0 for any free one.",
        HelpName = "n",
        DefaultValueFactory = _ => DefaultPort,
    }.Within(0, 65535);

    private static readonly Option<string?> Urls = new("--urls") { Description = "The whole address to listen at, instead of a port.", HelpName = "URL" };

    public static Command Make(CommandContext context) => new Command("serve", "Run the server with its HTTP API. Interrupted runs go on.")
        .With(CommonOptions.Data, Port, Urls).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var data = parsed.GetValue(CommonOptions.Data) ?? StandaloneOptions.DefaultDataDirectory;
        var options = new StandaloneOptions
        {
            DataDirectory = data,
            Url = parsed.GetValue(Urls) ?? FormattableString.Invariant($"http://127.0.0.1:{parsed.GetValue(Port)}"),
            OperatorKey = context.Environment(StandaloneOptions.OperatorKeyVariable),
            Log = new LogLines(context.Terminal.Error, context.Verbose ? LogLevel.Debug : LogLevel.Warning, context.Time),
            Time = context.Time,
        };
        await using var host = await StandaloneHost.StartAsync(options, context.Interruptions.First);
        if (context.Json)
        {
            context.WriteJson(new Serving(host.BaseAddress, Path.GetFullPath(data), OperatorKey.PathIn(Path.GetFullPath(data))));
        }
        else
        {
            Say(context.Terminal.Output, host, Path.GetFullPath(data));
        }

        await context.Interruptions.WaitAsync();
        return ExitCodes.Done;
    }

    private static void Say(TextWriter output, StandaloneHost host, string data)
    {
        output.WriteLine($"CrmSync answers at   {host.BaseAddress}");
        output.WriteLine($"Its API is told at   {host.BaseAddress}api/openapi.json");
        output.WriteLine($"Its data lies in     {data}");
        output.WriteLine($"The operator's key   {OperatorKey.PathIn(data)}");
        output.WriteLine("Ctrl-C ends it; a run that is under way goes on at the next start.");
        output.Flush();
    }

    private sealed record Serving(Uri Url, string Data, string OperatorKeyFile);
}
