using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Sqlite;

/// <summary>What the workflow runner logs. Ids and names of steps only.</summary>
internal static partial class WorkflowLog
{
    [LoggerMessage(700, LogLevel.Information, "The workflow {Workflow} of the run {Run} begins.")]
    public static partial void Begins(ILogger logger, string workflow, string run);

    [LoggerMessage(701, LogLevel.Information, "The workflow {Workflow} of the run {Run} is taken up again behind {Events} recorded events.")]
    public static partial void TakenUp(ILogger logger, string workflow, string run, int events);

    [LoggerMessage(702, LogLevel.Information, "The run {Run} has ended: {State}.")]
    public static partial void Ended(ILogger logger, string run, string state);

    [LoggerMessage(703, LogLevel.Warning, "The step {Step} ({Key}) of the run {Run} failed with {Failure} in attempt {Attempt} and is repeated.")]
    public static partial void StepRepeats(ILogger logger, string step, string key, string run, int attempt, string failure);

    [LoggerMessage(704, LogLevel.Error, "Unforeseen failure {Correlation} in the run {Run}.")]
    public static partial void Unforeseen(ILogger logger, string run, string correlation, Exception failure);

    [LoggerMessage(705, LogLevel.Critical, "The run {Run} cannot go on because its journal cannot be written. It is taken up again at the next start.")]
    public static partial void Suspended(ILogger logger, string run, Exception failure);

    [LoggerMessage(706, LogLevel.Warning, "{Count} runs had been accepted but never started when the process died; they are marked as failed.")]
    public static partial void NeverStarted(ILogger logger, int count);

    [LoggerMessage(707, LogLevel.Warning, "The progress of the run {Run} could not be stored.")]
    public static partial void ProgressNotStored(ILogger logger, string run, Exception failure);
}
