using Microsoft.Extensions.Logging;
using Polly;

namespace CrmSync.Scim.Client;

/// <summary>Sends calls until their outcome stands. Failures are values; only the caller's cancellation is thrown. Thread-safe.</summary>
internal sealed class ScimClient : IDisposable
{
    private readonly ScimSender _sender;
    private readonly ResiliencePipeline<ScimAnswer> _pipeline;

    public ScimClient(ScimConnection connection, TimeProvider time, ILogger logger, Func<double> chance, HttpMessageHandler? handler)
    {
        _sender = new ScimSender(connection, time, handler);
        (Time, Logger) = (time, logger);
        _pipeline = RetryPipeline.Make(connection.MaxAttempts, time, chance, (call, fault, attempt, pause) =>
            Logs.Repeating(logger, call.Method.Method, call.Resource, fault.Status, fault.Code, attempt, pause));
    }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    /// <summary>Sends a call and repeats it where that is safe and may help.</summary>
    public async Task<ScimAnswer> SendAsync(ScimCall call, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(RetryPipeline.Call, call);
            var answer = await _pipeline.ExecuteAsync(
                static (context, state) => state._sender.SendAsync(state.call, context.CancellationToken), context, (_sender, call)).ConfigureAwait(false);
            if (answer.Fault is { } fault)
            {
                Logs.Failed(Logger, call.Method.Method, call.Resource, fault.Status, fault.Code);
            }

            return answer;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Waits on the client's clock.</summary>
    public Task PauseAsync(TimeSpan pause, CancellationToken cancellation) => Task.Delay(pause, Time, cancellation);

    public void Dispose() => _sender.Dispose();
}
