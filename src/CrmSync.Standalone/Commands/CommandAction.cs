using System.CommandLine;

namespace CrmSync.Standalone.Commands;

/// <summary>Binds a command to its code.</summary>
internal static class CommandAction
{
    /// <summary>Runs the code with a context that knows what "--json" and "--verbose" say.</summary>
    public static Command Does(this Command command, CommandContext context, Func<ParseResult, CommandContext, Task<int>> code)
    {
        command.SetAction((parsed, _) =>
        {
            var json = parsed.GetValue(CommonOptions.Json);
            return code(parsed, context with
            {
                Json = json,
                Verbose = parsed.GetValue(CommonOptions.Verbose),
                Terminal = json ? context.Terminal.ForMachines() : context.Terminal,
            });
        });
        return command;
    }
}
