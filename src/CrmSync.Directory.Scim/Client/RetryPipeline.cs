using Polly;
using Polly.Retry;

namespace CrmSync.Scim.Client;

/// <summary>Repeats attempts whose faults may pass, with growing jittered pauses, or those that the directory names, on the given clock.</summary>
internal static class RetryPipeline
{
    public static readonly ResiliencePropertyKey<ScimCall> Call = new("call");

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <param name="attempts">Most attempts at one call.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="chance">Uniform in [0, 1).</param>
    /// <param name="onRetry">Told before each repetition, with its number from 1.</param>
    public static ResiliencePipeline<ScimAnswer> Make(
        int attempts, TimeProvider time, Func<double> chance, Action<ScimCall, Fault, int, TimeSpan> onRetry)
    {
        if (attempts == 1)
        {
            return ResiliencePipeline<ScimAnswer>.Empty;
        }

        var builder = new ResiliencePipelineBuilder<ScimAnswer> { TimeProvider = time };
        builder.AddRetry(new RetryStrategyOptions<ScimAnswer>
        {
            MaxRetryAttempts = attempts - 1,
            ShouldHandle = attempt => ValueTask.FromResult(MayRepeat(Of(attempt.Context), attempt.Outcome.Result?.Fault)),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Pause(attempt.Outcome.Result!.Fault!, attempt.AttemptNumber, chance())),
            OnRetry = attempt =>
            {
                onRetry(Of(attempt.Context), attempt.Outcome.Result!.Fault!, attempt.AttemptNumber + 1, attempt.RetryDelay);
                return ValueTask.CompletedTask;
            },
        });
        return builder.Build();
    }

    /// <summary>
    /// What changes something is never sent again here when its outcome is unknown: whoever sent it looks first whether it was done. A changed version
    /// needs a new reading.
    /// </summary>
    internal static bool MayRepeat(ScimCall call, Fault? fault) =>
        fault is { RetryHelps: true } && fault.Status != 412 && (call.Repeatable || !fault.MaybeDone);

    /// <summary>Half of the pause is fixed and half is chance, so that clients which failed together do not come back together.</summary>
    internal static TimeSpan Pause(Fault fault, int attempt, double chance)
    {
        var pause = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, attempt), LongestPause.TotalSeconds);
        return fault.Pause ?? TimeSpan.FromSeconds(pause * (0.5 + (0.5 * chance)));
    }

    private static ScimCall Of(ResilienceContext context) => context.Properties.TryGetValue(Call, out var call) ? call : throw new InvalidOperationException();
}
