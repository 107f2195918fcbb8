using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Commands;

/// <summary>Reads the command line, runs the command that it names, and turns whatever happens into a message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        var parsed = Root(context).Parse(args);
        var configuration = new InvocationConfiguration
        {
            Output = context.Terminal.Output,
            Error = context.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Errors.Count > 0)
        {
            if (parsed.Action is ParseErrorAction action)
            {
                action.ShowHelp = false;
            }

            // The library writes its complaints where they belong only when both streams are the error stream.
            configuration.Output = context.Terminal.Error;
            await parsed.InvokeAsync(configuration, CancellationToken.None);
            await context.Terminal.Error.WriteLineAsync($"See \"{NameOf(parsed)} --help\".");
            return ExitCodes.WrongInput;
        }

        try
        {
            return await parsed.InvokeAsync(configuration, CancellationToken.None);
        }
#pragma warning disable CA1031 // The last resort: whatever happened, the user gets a message and the caller a code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failures.Report(e, context.Terminal, context.Interruptions, parsed.GetValue(CommonOptions.Verbose));
        }
    }

    private static RootCommand Root(CommandContext context)
    {
        var root = new RootCommand("CrmSync brings the records of a ConnectWise PSA account into a CRM and keeps both in step.");
        root.With(CommonOptions.Json, CommonOptions.Verbose).With(
            DemoCommand.Make(context), ServeCommand.Make(context), SetupCommand.Make(context), ImportCommand.Make(context), RunsCommand.Make(context),
            ExplainCommand.Make(context), EmployeesCommand.Make(context), CrmCommand.Make(context), TenantsCommand.Make(context), KeysCommand.Make(context),
            SimulateCommand.Make(context));
        foreach (var help in root.Options.OfType<HelpOption>().Where(option => option.Action is HelpAction))
        {
            help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        }

        return root;
    }

    private static string NameOf(ParseResult parsed)
    {
        var name = string.Empty;
        for (var command = parsed.CommandResult; command is { Command: not RootCommand }; command = command.Parent as CommandResult)
        {
            name = $" {command.Command.Name}{name}";
        }

        return $"crmsync{name}";
    }

    private sealed class HelpWithExitCodes(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.MaxWidth = Terminal.NarrowWidth;
            var result = inner.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(ExitCodes.Help);
            return result;
        }
    }
}
