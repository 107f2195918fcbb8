using System.CommandLine;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync crm serve</c>: the built-in CRM alone, by the HTTP contract, until Ctrl-C.</summary>
internal static class CrmServeCommand
{
    private const int DefaultPort = 7072;
    private const string TokenVariable = "CRMSYNC_CRM_TOKEN";

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "The port to listen at on this machine; 0 for any free one.",
        HelpName = "n",
        DefaultValueFactory = _ => DefaultPort,
    }.Within(0, 65535);

    private static readonly Option<string?> Urls = new("--urls") { Description = "The whole address to listen at, instead of a port.", HelpName = "URL" };

    private static readonly Option<string?> Tenant = new("--tenant") { Description = "Whose CRM. [default: the only tenant there is]", HelpName = "id" };

    private static readonly Option<string?> TokenEnv = new("--token-env")
    {
        Description = $"The environment variable that holds the token. [default: {TokenVariable}; without it a token is made]",
        HelpName = "name",
    };

    public static Command Make(CommandContext context) => new Command("serve", "Serve the built-in CRM of a tenant by the HTTP contract.")
        .With(CommonOptions.Data, Tenant, Port, Urls, TokenEnv).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var data = Path.GetFullPath(parsed.GetValue(CommonOptions.Data) ?? StandaloneOptions.DefaultDataDirectory);
        await using var server = await CrmServer.StartAsync(
            new CrmServerOptions
            {
                DataDirectory = data,
                Url = parsed.GetValue(Urls) ?? FormattableString.Invariant($"http://127.0.0.1:{parsed.GetValue(Port)}"),
                Tenant = parsed.GetValue(Tenant),
                Token = TokenOf(parsed.GetValue(TokenEnv), context),
                Log = new LogLines(context.Terminal.Error, context.Verbose ? LogLevel.Debug : LogLevel.Warning, context.Time),
                Time = context.Time,
            },
            context.Interruptions.First);
        if (context.Json)
        {
            context.WriteJson(new Serving(server.BaseAddress, server.Tenant.Value, data, server.TokenFile));
        }
        else
        {
            Say(context.Terminal.Output, server, data);
        }

        await context.Interruptions.WaitAsync();
        return ExitCodes.Done;
    }

    private static string? TokenOf(string? named, CommandContext context)
    {
        var token = context.Environment(named ?? TokenVariable)?.Trim();
        return !string.IsNullOrEmpty(token) ? token
            : named is null ? null
            : throw new CommandException(
                ExitCodes.WrongInput, $"The environment variable {named}, which --token-env names, is not set.", $"Set {named}, and run the command again.");
    }

    private static void Say(TextWriter output, CrmServer server, string data)
    {
        output.WriteLine($"The CRM answers at   {server.BaseAddress}");
        output.WriteLine($"Its contract         {server.BaseAddress}crm/v1/openapi.json");
        output.WriteLine($"It is the CRM of     {server.Tenant}");
        output.WriteLine($"Its data lies in     {data}");
        output.WriteLine($"Its token            {server.TokenFile ?? "from the environment"}");
        output.WriteLine("Ctrl-C ends it.");
        output.Flush();
    }

    private sealed record Serving(Uri Url, string Tenant, string Data, string? TokenFile);
}
