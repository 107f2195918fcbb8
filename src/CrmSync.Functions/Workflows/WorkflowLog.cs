using CrmSync.Core.Runs;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Workflows;

/// <summary>What the app logs. Ids and names of steps only.</summary>
internal static partial class WorkflowLog
{
    [LoggerMessage(1301, LogLevel.Information, "The run {Run} of {Tenant} has ended: {State}.")]
    public static partial void RunEnded(ILogger logger, string tenant, string run, RunState state);

    [LoggerMessage(1302, LogLevel.Error, "The run {Run} of {Tenant} failed: {Code}.")]
    public static partial void RunFailed(ILogger logger, string tenant, string run, string code);

    [LoggerMessage(1303, LogLevel.Warning, "The step {Step} ({Key}) of the run {Run} failed with {Code}; it may pass: {Passing}.")]
    public static partial void StepFailed(ILogger logger, string step, string key, string run, string code, bool passing);

    [LoggerMessage(1304, LogLevel.Error, "Unforeseen failure {Correlation} in the run {Run}.")]
    public static partial void Unforeseen(ILogger logger, string run, string correlation, Exception failure);

    [LoggerMessage(1305, LogLevel.Warning, "Whether the run {Run} was cancelled could not be asked: {Failure}.")]
    public static partial void CannotLook(ILogger logger, string run, string failure);

    [LoggerMessage(1306, LogLevel.Warning, "The run {Run} of {Tenant} had been accepted, but nothing works on it; it is marked as failed.")]
    public static partial void Abandoned(ILogger logger, string tenant, string run);

    [LoggerMessage(1307, LogLevel.Information, "Removed the history of {Count} orchestrations.")]
    public static partial void Purged(ILogger logger, int count);

    [LoggerMessage(1308, LogLevel.Information, "Removed {Count} contents that no row refers to.")]
    public static partial void LeftContentsRemoved(ILogger logger, int count);

    [LoggerMessage(1309, LogLevel.Information, "Started {Count} daily employee syncs.")]
    public static partial void EmployeesDue(ILogger logger, int count);

    [LoggerMessage(1311, LogLevel.Error, "The tenant {Tenant} was left out of what is done by the clock: {Failure}.")]
    public static partial void TenantLeftOut(ILogger logger, string tenant, string failure);
}
