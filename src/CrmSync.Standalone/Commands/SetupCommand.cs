using System.CommandLine;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Setup;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync setup</c>: saves a tenant's set-up from a file, step by step.</summary>
internal static class SetupCommand
{
    private static readonly Option<string?> FileOption = new("--file") { Description = "The set-up as JSON.", HelpName = "file" };

    private static readonly Option<bool> Template = new("--print-template") { Description = "Print an example of the file, with comments." };

    public static Command Make(CommandContext context) => new Command("setup",
        "Set a tenant up from a file, step by step. The tenant is added where it is missing.")
        .With(FileOption, Template).With(CommonOptions.Client).Does(context, RunAsync);

    /// <summary>Says what became of a step.</summary>
    public static void Tell(IAnsiConsole console, StepOutcome outcome)
    {
        var said = outcome.Saved && outcome.Message is { } message ? $": {message}" : string.Empty;
        console.WriteLine($"  {outcome.Step,-13} {(outcome.Saved ? "saved" : "refused")}{said}");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        if (parsed.GetValue(Template))
        {
            context.Terminal.Output.WriteLine(SetupTemplate.Text);
            return ExitCodes.Done;
        }

        var cancellation = context.Interruptions.First;
        var path = parsed.GetValue(FileOption)
            ?? throw new CommandException(ExitCodes.WrongInput, "No set-up file was named.", "Name it with --file; --print-template prints an example.");
        var file = await SetupFile.ReadAsync(path, cancellation);
        var id = parsed.GetValue(CommonOptions.Tenant) ?? file.Tenant
            ?? throw new CommandException(ExitCodes.WrongInput, "The set-up file names no tenant.", "Give it a member \"tenant\", or name one with --tenant.");
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context) with { MakesDirectory = true }, cancellation);
        var tenant = await Tenants.EnsureAsync(session.Api, id, file.Name, cancellation);
        context.Terminal.Results.WriteLine($"Set-up of {tenant.Tenant}:");
        var outcomes = new List<StepOutcome>();
        try
        {
            await new SetupRunner(tenant, file, context.Environment).RunAsync(
                outcome =>
                {
                    outcomes.Add(outcome);
                    Tell(context.Terminal.Results, outcome);
                },
                cancellation);
        }
        finally
        {
            if (context.Json)
            {
                context.WriteJson(new SetupResult(tenant.Tenant.Value, outcomes));
            }
        }

        return ExitCodes.Done;
    }

    private sealed record SetupResult(string Tenant, IReadOnlyList<StepOutcome> Steps);
}
