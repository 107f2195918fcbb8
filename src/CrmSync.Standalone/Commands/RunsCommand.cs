using System.CommandLine;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using Spectre.Console;

namespace CrmSync.Standalone.Commands;

/// <summary><c>crmsync runs</c>: the list of runs, one run's report, or its end.</summary>
internal static class RunsCommand
{
    private static readonly Argument<string?> Id = new("run")
    {
        Description = "A run's id, for its report; none for the list.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string> Cancelled = new("run") { Description = "The run that is to stop, whatever started it." };

    private static readonly Option<int> Limit = new Option<int>("--limit")
    {
        Description = "Most runs to list.",
        HelpName = "n",
        DefaultValueFactory = _ => 20,
    }.Within(1, 1000);

    public static Command Make(CommandContext context) => new Command("runs", "List runs, or show the report of one.")
        .With(Id, Limit).With(CommonOptions.Client).Does(context, RunAsync)
        .With(new Command("cancel", "Stop a run; what is done stays done, and its report says how far it came.")
            .With(Cancelled).With(CommonOptions.Client).Does(context, CancelAsync));

    private static async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context), cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        if (parsed.GetValue(Id) is { } id)
        {
            return Show(await tenant.RunAsync(new RunId(id), cancellation), context);
        }

        var runs = await tenant.RunsAsync(parsed.GetValue(Limit), cancellation);
        if (context.Json)
        {
            context.WriteJson(runs);
        }
        else
        {
            List(context.Terminal.Results, runs);
        }

        return ExitCodes.Done;
    }

    // Where no server runs, this process takes the run up to end it.
    private static async Task<int> CancelAsync(ParseResult parsed, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        await using var session = await ServerSession.OpenAsync(CommonOptions.ChoiceOf(parsed, context) with { ResumesRuns = true }, cancellation);
        var tenant = await Tenants.ChooseAsync(session.Api, parsed.GetValue(CommonOptions.Tenant), cancellation);
        var run = await tenant.CancelAsync(new RunId(parsed.GetRequiredValue(Cancelled)), cancellation);
        return Show(await RunFollower.FollowAsync(tenant, run, context.Terminal, context.Interruptions, context.Time), context);
    }

    private static int Show(Run run, CommandContext context)
    {
        if (context.Json)
        {
            context.WriteJson(run);
        }
        else
        {
            ReportView.Write(context.Terminal.Results, run);
        }

        return ExitCodes.Done;
    }

    private static void List(IAnsiConsole console, IReadOnlyList<Run> runs)
    {
        if (runs.Count == 0)
        {
            console.WriteLine("There are no runs yet.");
            return;
        }

        var table = PlainTable.Of(">Run", "What", "State", "Started (UTC)", ">Written");
        foreach (var run in runs)
        {
            var what = run.DryRun ? "dry run" : run.Kind == RunKind.EmployeeSync ? "sync" : "import";
            table.Add(
                run.Id.Value, run.Stages.Count == 1 ? $"{what} of {Core.Setup.Stages.NameOf(run.Stages[0])}" : what, run.State.ToString().ToLowerInvariant(),
                Numbers.Time(run.StartedAt), run.Report is { } report ? Numbers.Of(report.Writes) : string.Empty);
        }

        console.Write(table);
    }
}
