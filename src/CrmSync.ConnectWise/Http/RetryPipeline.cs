using Polly;
using Polly.Retry;

namespace CrmSync.ConnectWise.Http;

/// <summary>Repeats attempts as their advice allows, with growing jittered pauses on the given clock.</summary>
internal static class RetryPipeline
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <param name="attempts">Most attempts at one call.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    /// <param name="onRetry">Told before each repetition.</param>
    public static ResiliencePipeline<ApiResult> Make(int attempts, TimeProvider time, Func<double> chance, Action<ApiResult, int, TimeSpan> onRetry)
    {
        if (attempts == 1)
        {
            return ResiliencePipeline<ApiResult>.Empty;
        }

        var builder = new ResiliencePipelineBuilder<ApiResult> { TimeProvider = time };
        builder.AddRetry(new RetryStrategyOptions<ApiResult>
        {
            MaxRetryAttempts = attempts - 1,
            ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Exception is null && ShouldRepeat(outcome.Outcome.Result.Advice, outcome.AttemptNumber)),
            DelayGenerator = retry => ValueTask.FromResult<TimeSpan?>(Pause(retry.Outcome.Result.Advice, retry.AttemptNumber, chance())),
            OnRetry = retry =>
            {
                onRetry(retry.Outcome.Result, retry.AttemptNumber + 1, retry.RetryDelay);
                return ValueTask.CompletedTask;
            },
        });
        return builder.Build();
    }

    /// <summary>Whether to repeat after the attempt of this number, counted from 0.</summary>
    internal static bool ShouldRepeat(RetryAdvice advice, int attempt) => advice switch
    {
        RetryAdvice.Never => false,
        RetryAdvice.Once => attempt == 0,
        RetryAdvice.WithBackoff or RetryAdvice.AfterPause => true,
    };

    /// <summary>
    /// Half of the pause is fixed and half is chance, so that clients which failed together do not come back together.
    /// A pause that the site named is kept by the gate, for all requests at once.
    /// </summary>
    internal static TimeSpan Pause(RetryAdvice advice, int attempt, double chance)
    {
        if (advice == RetryAdvice.AfterPause)
        {
            return TimeSpan.Zero;
        }

        var pause = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, attempt), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(pause * (0.5 + (0.5 * chance)));
    }
}
