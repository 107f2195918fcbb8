using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows;

/// <summary>What a host keeps of a step's failure.</summary>
/// <param name="Failure">What is told of it.</param>
/// <param name="RetryHelps">For a failure of a side: whether asking again later may succeed; null for any other failure.</param>
/// <param name="Side">Which side failed; null for ConnectWise, the only one there was when the first journals were written.</param>
public sealed record StepFailure(RunFailure Failure, bool? RetryHelps, Side? Side = null)
{
    /// <summary>The exception that the workflow gets.</summary>
    public Exception ToException() => (RetryHelps, Side) switch
    {
        (null, _) => new StepFailedException(Failure),
        ({ } retryHelps, Records.Side.Crm) => new CrmException(Failure.Code, Failure.Message, Failure.Remedy, retryHelps),
        ({ } retryHelps, _) => new ConnectWiseException(Failure.Code, Failure.Message, Failure.Remedy, retryHelps),
    };
}
