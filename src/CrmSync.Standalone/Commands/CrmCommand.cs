using System.CommandLine;
using CrmSync.Core.Records;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync crm</c>: looks into the CRM. Below it, <see cref="CrmServeCommand"/>.</summary>
internal static class CrmCommand
{
    private const int LongestCell = 26;

    private static readonly Argument<string> Kind = new("entity") { Description = "users, companies, contacts, solutions, activities or opportunities." };

    private static readonly Option<string?> Search = new("--search") { Description = "Only records that hold this text.", HelpName = "text" };

    private static readonly Option<int> Limit = new Option<int>("--limit")
    {
        Description = "Most records to show.",
        HelpName = "n",
        DefaultValueFactory = _ => 20,
    }.Within(1, 1000);

    // What tells records of any kind apart at a glance.
    private static readonly string[] Telling =
    [
        FieldKeys.Name, FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Subject, FieldKeys.Email, FieldKeys.Phone, FieldKeys.Sku, FieldKeys.Kind,
        FieldKeys.Type, FieldKeys.Stage, FieldKeys.Value, FieldKeys.Price,
    ];

    public static Command Make(CommandContext context) => new Command("crm", "Look at the CRM's records.")
        .With(Kind, Search, Limit).With(CommonOptions.Client).With(CrmServeCommand.Make(context)).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var page = await tenant.BrowseAsync(parsed.GetRequiredValue(Kind), parsed.GetValue(Search), parsed.GetValue(Limit), cancellation);
        if (context.Json)
        {
            context.WriteJson(page.Items);
        }
        else
        {
            Write(context.Terminal.Results, page.Items, page.Continuation is not null);
        }

        return ExitCodes.Done;
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<CrmRecord> records, bool more)
    {
        if (records.Count == 0)
        {
            console.WriteLine("There are none.");
            return;
        }

        var columns = Telling.Where(key => records.Any(record => record.Fields[key] is not null)).Take(3).ToList();
        var table = PlainTable.Of(["Id", .. columns, "From"]);
        foreach (var record in records)
        {
            table.Add([record.Id.Value, .. columns.Select(key => Short(record.Fields[key])), record.ExternalKey ?? string.Empty]);
        }

        console.Write(table);
        if (more)
        {
            console.WriteLine("There are more: use --limit or --search.");
        }
    }

    private static string Short(string? value) => (value ?? string.Empty).ReplaceLineEndings(" ") is { Length: > LongestCell } text
        ? $"{text[..(LongestCell - 1)]}…" : value ?? string.Empty;
}
