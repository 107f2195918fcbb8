using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows;

/// <summary>
/// A step failed for a reason that only the log tells in full. Thrown into the workflow in the place of the original exception, so that a replay,
/// which has its record alone, throws the same.
/// </summary>
/// <param name="failure">What is known of it.</param>
public sealed class StepFailedException(RunFailure failure) : Exception(failure.Message)
{
    /// <summary>What is known of it.</summary>
    public RunFailure Failure { get; } = failure;
}
