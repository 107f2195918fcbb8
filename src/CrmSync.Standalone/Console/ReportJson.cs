using CrmSync.Core.Runs;

namespace CrmSync.Standalone.Console;

/// <summary>The reports of several runs, as the demo prints them for machines.</summary>
/// <param name="Runs">The reports of the imports, in the order of the runs.</param>
/// <param name="Employees">The reports of the employee syncs, in the order of the runs.</param>
internal sealed record ReportsJson(IReadOnlyList<ReportJson> Runs, IReadOnlyList<ReportJson> Employees);

/// <summary>A run's report for machines.</summary>
internal sealed record ReportJson(
    IReadOnlyList<StageJson> Stages, long Writes, long ConnectWiseRequests, double Seconds, double FloorSeconds, RunForecast? Forecast)
{
    public static ReportJson Of(RunReport report) => new(
        [.. report.Stages.Select(StageJson.Of)], report.Writes, report.ConnectWiseRequests, report.Seconds, report.FloorSeconds, report.Forecast);
}

/// <summary>One stage of a report for machines. The counts add up to what was read.</summary>
internal sealed record StageJson(
    string Stage, long Read, long Created, long Updated, long Linked, long Unchanged, IReadOnlyDictionary<string, long> Skipped, long Review, long Failed)
{
    public static StageJson Of(StageReport stage) => new(
        stage.Stage, stage.Read, stage.Created, stage.Updated, stage.Linked, stage.Unchanged, stage.Skipped, stage.Review, stage.Failed);
}
