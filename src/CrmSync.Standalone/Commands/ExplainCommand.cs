using System.CommandLine;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync explain</c>: why a record is, or is not, in the CRM.</summary>
internal static class ExplainCommand
{
    private static readonly Argument<string> Kind = new("entity") { Description = $"What it is: {string.Join(", ", Stages.All.Select(Stages.NameOf))}." };

    private static readonly Argument<string> Id = new("id") { Description = "Its id in ConnectWise." };

    private static readonly Option<bool> Crm = new("--crm") { Description = "The id is the CRM's." };

    public static Command Make(CommandContext context) => new Command("explain", "Explain why a record is, or is not, in the CRM.")
        .With(Kind, Id, Crm).With(CommonOptions.Client).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var explanation = await tenant.ExplainAsync(parsed.GetRequiredValue(Kind), parsed.GetRequiredValue(Id), parsed.GetValue(Crm), cancellation);
        if (context.Json)
        {
            context.WriteJson(explanation);
        }
        else
        {
            Write(context.Terminal.Results, explanation);
        }

        return ExitCodes.Done;
    }

    private static void Write(IAnsiConsole console, RecordExplanation explanation)
    {
        console.WriteLine($"{explanation.Entity} {explanation.Id}: {explanation.Answer}");
        if (explanation.Remedy is { } remedy)
        {
            console.WriteLine(remedy);
        }

        if (explanation.Entry is { Changes.Count: > 0 } entry)
        {
            console.WriteLine();
            var table = PlainTable.Of("Field", "Before", "After", "");
            foreach (var change in entry.Changes)
            {
                table.Add(change.Field, Short(change.Before), Short(change.After), change.Note ?? string.Empty);
            }

            console.Write(table);
        }
    }

    private static string Short(string? value) => value is null ? "–"
        : value.ReplaceLineEndings(" ") is { Length: > 30 } text ? $"{text[..29]}…" : value.ReplaceLineEndings(" ");
}
