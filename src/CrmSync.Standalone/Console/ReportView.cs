using CrmSync.Core.Planning;
using CrmSync.Core.Runs;
using Spectre.Console;

namespace CrmSync.Standalone.Console;

/// <summary>A run's report for people: a table of the stages, the reasons in words, the totals.</summary>
internal static class ReportView
{
    /// <summary>Writes the report, or what there is of it.</summary>
    public static void Write(IAnsiConsole console, Run run)
    {
        console.WriteLine(Headline(run));
        if (run.Report is { } report)
        {
            console.WriteLine();
            console.Write(StagesOf(report));
            WriteReasons(console, report);
            console.WriteLine();
            console.WriteLine(
                $"{Numbers.Of(report.Writes)} writes, {Numbers.Of(report.ConnectWiseRequests)} requests to ConnectWise, "
                + $"{Numbers.Seconds(report.Seconds)} (floor: {Numbers.Seconds(report.FloorSeconds)}).");
            WriteForecast(console, report.Forecast);
            EmployeeReportView.Write(console, run);
        }

        // A guard that stopped a sync is told with the figures that it looked at.
        if (run.Failure is { } failure && run.Report?.Employees?.Guards.Contains(failure) != true)
        {
            console.WriteLine();
            console.WriteLine($"{failure.Message} {failure.Remedy}");
        }
    }

    private static void WriteForecast(IAnsiConsole console, RunForecast? forecast)
    {
        if (forecast is not null)
        {
            console.WriteLine(
                $"Forecast: at most {Numbers.Of(forecast.Requests)} requests, {Numbers.Seconds(forecast.Seconds)} of reading, "
                + $"{forecast.ShareOfLimit:P0} of what ConnectWise takes in a minute.");
        }
    }

    private static string Headline(Run run)
    {
        var what = run.DryRun ? "Dry run" : run.Kind == RunKind.EmployeeSync ? "Employee sync" : "Import";
        return run.State switch
        {
            RunState.Running => $"{what} {run.Id} is running since {Numbers.Time(run.StartedAt)} UTC.",
            RunState.Cancelling => $"{what} {run.Id} is stopping.",
            RunState.Completed when run.DryRun =>
                $"{what} {run.Id} is done. Nothing was written; this is what {(run.Kind == RunKind.EmployeeSync ? "a sync" : "an import")} would do:",
            RunState.Completed => $"{what} {run.Id} is done.",
            RunState.Cancelled => $"{what} {run.Id} was cancelled. This is what it did until then:",
            RunState.Failed => $"{what} {run.Id} failed.",
            RunState.Stopped => $"{what} {run.Id} was stopped by a guard. Nothing was written; this is what it found:",
        };
    }

    private static Table StagesOf(RunReport report)
    {
        var table = PlainTable.Of("", ">Read", ">Created", ">Updated", ">Linked", ">Unchanged", ">Skipped", ">Review", ">Failed");
        foreach (var stage in report.Stages)
        {
            table.Add(
                stage.Stage, Numbers.Of(stage.Read), Numbers.Of(stage.Created), Numbers.Of(stage.Updated), Numbers.Of(stage.Linked),
                Numbers.Of(stage.Unchanged), Numbers.Of(stage.Skipped.Values.Sum()), Numbers.Of(stage.Review), Numbers.Of(stage.Failed));
        }

        return table;
    }

    private static void WriteReasons(IAnsiConsole console, RunReport report)
    {
        var reasons = report.Stages.SelectMany(stage => stage.Skipped).GroupBy(pair => pair.Key, pair => pair.Value).ToList();
        if (reasons.Count > 0)
        {
            console.WriteLine();
            var table = PlainTable.Of(">Skipped", "Reason", "In words");
            foreach (var reason in reasons.OrderByDescending(group => group.Sum()))
            {
                table.Add(Numbers.Of(reason.Sum()), reason.Key, Reason.Find(reason.Key)?.Words ?? string.Empty);
            }

            console.Write(table);
        }

        foreach (var stage in report.Stages.Where(stage => stage.Incomplete is not null))
        {
            console.WriteLine($"{stage.Stage}: the reading is not complete. {stage.Incomplete}");
        }
    }
}
