using System.CommandLine;
using CrmSync.Core.Runs;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Demo;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync demo</c>: everything on one machine, from an empty CRM to an import and an employee sync that find nothing to do.</summary>
internal static class DemoCommand
{
    private static readonly AccountOptions Account = new(latency: 20);

    private static readonly Option<bool> Exit = new("--exit") { Description = "End after the runs instead of staying up." };

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "The data directory. [default: a new one, removed at the end]",
        HelpName = "folder",
    };

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "The port of the API; 0 for any free one.",
        HelpName = "n",
    }.Within(0, 65535);

    public static Command Make(CommandContext context) => new Command("demo", "Show it all on this machine, with a simulated ConnectWise.")
        .With(Account.All).With(Exit, Data, Port).Does(context, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        using var data = DemoDirectory.Open(parsed.GetValue(Data));
        await using var stage = await DemoStage.OpenAsync(Account.Read(parsed), data.Path, parsed.GetValue(Port), context);
        var show = new DemoShow(stage, context);
        var runs = await show.RunAsync();
        var syncs = runs[^1].State == RunState.Completed ? await show.EmployAsync() : [];
        var all = runs.Concat(syncs).ToList();
        if (context.Json && all.All(run => run.Report is not null))
        {
            context.WriteJson(new ReportsJson(ReportsOf(runs), ReportsOf(syncs)));
        }

        if (all[^1] is { State: not RunState.Completed } ended)
        {
            return context.Json && ended.Failure is { } failure
                ? throw new CommandException(ExitCodes.Failed, failure.Message, failure.Remedy)
                : ImportCommand.ExitCodeOf(ended);
        }

        if (!parsed.GetValue(Exit))
        {
            await show.InviteToLookAroundAsync(runs[0], data.Path);
            await context.Interruptions.WaitAsync();
        }

        return ExitCodes.Done;
    }

    private static List<ReportJson> ReportsOf(IReadOnlyList<Run> runs) => [.. runs.Select(run => ReportJson.Of(run.Report!))];
}
