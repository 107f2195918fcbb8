using System.CommandLine;
using System.Globalization;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Hosting;

namespace CrmSync.Standalone.Commands;

/// <summary>The options that commands share.</summary>
internal static class CommonOptions
{
    public const string KeyVariable = "CRMSYNC_KEY";

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON for machines, and nothing else on the output.", Recursive = true };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Write log lines to the error stream.", Recursive = true };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = $"The data directory. [default: {StandaloneOptions.DefaultDataDirectory}]",
        HelpName = "folder",
    };

    public static Option<string?> Server { get; } = new("--server")
    {
        Description = "The address of a running server, instead of a data directory.",
        HelpName = "URL",
    };

    public static Option<string?> Key { get; } = new("--key") { Description = $"The key for --server. [default: ${KeyVariable}]", HelpName = "key" };

    public static Option<string?> Tenant { get; } = new("--tenant") { Description = "The tenant. [default: the only one there is]", HelpName = "id" };

    /// <summary>The options of a command that speaks with a server.</summary>
    public static IReadOnlyList<Option> Client { get; } = [Tenant, Data, Server, Key];

    /// <summary>Which server a command is to speak with.</summary>
    public static ServerChoice ChoiceOf(ParseResult parsed, CommandContext context) => new()
    {
        Server = parsed.GetValue(Server),
        Key = parsed.GetValue(Key) ?? (parsed.GetValue(Server) is null ? null : context.Environment(KeyVariable)),
        DataDirectory = parsed.GetValue(Data) ?? StandaloneOptions.DefaultDataDirectory,
        OperatorKey = context.Environment(StandaloneOptions.OperatorKeyVariable),
        Log = context.Log(),
        Time = context.Time,
    };

    /// <summary>Adds options to a command.</summary>
    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Options.Add(option);
                    break;
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Command sub:
                    command.Subcommands.Add(sub);
                    break;
            }
        }

        return command;
    }

    /// <summary>Refuses every value but these.</summary>
    public static Option<string?> Only(this Option<string?> option, IReadOnlyList<string> values)
    {
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }

    /// <summary>Refuses numbers out of a range, by the option's name.</summary>
    public static Option<T> Within<T>(this Option<T> option, int least, int most)
    {
        option.Validators.Add(result =>
        {
            // What is no number at all is refused by the option's own type.
            if (result.Tokens is [var token] && long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && (value < least || value > most))
            {
                result.AddError(FormattableString.Invariant($"{option.Name} must be {least} to {most}."));
            }
        });
        return option;
    }
}
