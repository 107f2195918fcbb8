using System.CommandLine;
using CrmSync.Core.Setup;
using CrmSync.Simulator;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync simulate</c>: the ConnectWise simulator alone.</summary>
internal static class SimulateCommand
{
    private static readonly AccountOptions Account = new(latency: 0);

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "The port to listen at; 0 for any free one.",
        HelpName = "n",
    }.Within(0, 65535);

    public static Command Make(CommandContext context) => new Command("simulate", "Run a simulated ConnectWise alone, until Ctrl-C.")
        .With(Account.All).With(Port).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        await using var simulator = await SimulatorServer.StartAsync(Account.Read(parsed) with { Port = parsed.GetValue(Port) }, context.Interruptions.First);
        var form = SimulatedConnection.Of(simulator);
        if (context.Json)
        {
            context.WriteJson(form);
        }
        else
        {
            Say(context.Terminal.Output, form);
        }

        await context.Interruptions.WaitAsync();
        return ExitCodes.Done;
    }

    private static void Say(TextWriter output, ConnectionForm form)
    {
        output.WriteLine($"""
            A simulated ConnectWise answers at {form.Site}
            The connection for a set-up file:
              "connection": {"{"}
                "site": "{form.Site}",
                "company": "{form.Company}",
                "publicKey": "{form.PublicKey}",
                "privateKey": "{form.PrivateKey}",
                "clientId": "{form.ClientId}"
              {"}"}
            Ctrl-C ends it; nothing is kept.
            """);
        output.Flush();
    }
}

/// <summary>The connection to a simulator. Its key is no secret.</summary>
internal static class SimulatedConnection
{
    private const string AnyClientId = "5f0d4a3e-7c1b-4e7a-9d5e-3b8f2a6c1d90";

    public static ConnectionForm Of(SimulatorServer simulator) => new()
    {
        Site = simulator.BaseAddress.ToString().TrimEnd('/'),
        Company = simulator.Options.CompanyId,
        PublicKey = simulator.Options.PublicKey,
        PrivateKey = simulator.Options.PrivateKey,
        ClientId = simulator.Options.ClientId?.ToString() ?? AnyClientId,
    };
}
