using System.Security.Cryptography;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.Extensions.Logging;

namespace CrmSync.Storage.Sqlite;

/// <summary>Exceptions in words for administrators.</summary>
internal static class Failures
{
    /// <summary>What a run tells of an exception. One that was not foreseen is logged under an id, and only the id is told.</summary>
    public static RunFailure Of(Exception exception, RunId run, ILogger logger)
    {
        switch (exception)
        {
            case SideException side:
                return new RunFailure(side.Code, side.Message, side.Remedy);
            case StorageException storage:
                return new RunFailure(storage.Code, storage.Message, storage.Remedy);
            case StepFailedException step:
                return step.Failure;
            default:
                var correlation = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
                WorkflowLog.Unforeseen(logger, run.Value, correlation, exception);
                return new RunFailure("internal-error", $"Something failed that should not ({exception.GetType().Name}); the log has it under {correlation}.",
                    $"Start the run again. If it fails again, report it with the log's lines about {correlation}.");
        }
    }
}
