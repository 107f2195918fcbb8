using Polly;
using Polly.Retry;

namespace CrmSync.Crm.Http.Client;

/// <summary>Repeats attempts whose faults may pass, with growing jittered pauses, or those that the CRM names, on the given clock.</summary>
internal static class RetryPipeline
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <param name="attempts">Most attempts at one call.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    /// <param name="onRetry">Told before each repetition, with its number from 1.</param>
    public static ResiliencePipeline Make(int attempts, TimeProvider time, Func<double> chance, Action<ResilienceContext, Fault, int, TimeSpan> onRetry)
    {
        if (attempts == 1)
        {
            return ResiliencePipeline.Empty;
        }

        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = attempts - 1,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result is IAnswer { Fault.RetryHelps: true }),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Pause(((IAnswer)attempt.Outcome.Result!).Fault!, attempt.AttemptNumber, chance())),
            OnRetry = attempt =>
            {
                onRetry(attempt.Context, ((IAnswer)attempt.Outcome.Result!).Fault!, attempt.AttemptNumber + 1, attempt.RetryDelay);
                return ValueTask.CompletedTask;
            },
        });
        return builder.Build();
    }

    /// <summary>Half of the pause is fixed and half is chance, so that clients which failed together do not come back together.</summary>
    internal static TimeSpan Pause(Fault fault, int attempt, double chance)
    {
        var pause = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, attempt), LongestPause.TotalSeconds);
        return fault.Pause ?? TimeSpan.FromSeconds(pause * (0.5 + (0.5 * chance)));
    }
}
