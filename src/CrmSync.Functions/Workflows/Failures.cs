using System.Security.Cryptography;
using Azure;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using CrmSync.Storage.Azure;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Workflows;

/// <summary>Exceptions in words for administrators.</summary>
internal static class Failures
{
    /// <summary>What a run tells of a step's exception. One that was not foreseen is logged under an id, and only the id is told.</summary>
    public static StepFailure OfStep(Exception exception, RunId run, ILogger logger)
    {
        switch (exception)
        {
            case SideException side:
                return new StepFailure(new RunFailure(side.Code, side.Message, side.Remedy), side.RetryHelps, side.Side);
            case AzureStorageException storage:
                return new StepFailure(new RunFailure(storage.Code, storage.Message, storage.Remedy), null);
            default:
                var correlation = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
                WorkflowLog.Unforeseen(logger, run.Value, correlation, exception);
                return new StepFailure(new RunFailure(
                    "internal-error", $"Something failed that should not ({exception.GetType().Name}); the log has it under {correlation}.",
                    $"Start the run again. If it fails again, report it with the log's lines about {correlation}."), null);
        }
    }

    /// <summary>What a run tells of an exception in the workflow's own code. Pure: the same in every replay.</summary>
    public static RunFailure OfWorkflow(Exception exception) => new(
        "internal-error", $"The workflow itself failed ({exception.GetType().Name}).", "Start the run again. If it fails again, report it with the run's id.");

    /// <summary>Whether a step that failed so may be repeated: it may pass by itself.</summary>
    public static bool Passes(Exception exception) => exception switch
    {
        SideException side => side.RetryHelps,
        RequestFailedException storage => storage.Status is 0 or 408 or 412 or 429 or >= 500,
        IOException or TimeoutException => true,

        // An HTTP client's time-out; a real cancellation was told apart before.
        OperationCanceledException => exception.InnerException is TimeoutException,
        AggregateException several => several.InnerExceptions.All(Passes),
        _ => false,
    };
}
