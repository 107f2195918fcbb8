using System.Text.Json;
using CrmSync.Crm.Http.Contract;
using Microsoft.Extensions.Logging;
using Polly;

namespace CrmSync.Crm.Http.Client;

/// <summary>Sends calls until their outcome stands. Failures are values; only the caller's cancellation is thrown. Thread-safe.</summary>
internal sealed class ContractClient : IDisposable
{
    private static readonly ResiliencePropertyKey<string> PathKey = new("path");

    private readonly ContractSender _sender;
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;

    public ContractClient(HttpCrmConnection connection, TimeProvider time, ILogger logger, Func<double> chance, HttpMessageHandler? handler)
    {
        _sender = new ContractSender(connection, time, handler);
        _logger = logger;
        _pipeline = RetryPipeline.Make(connection.MaxAttempts, time, chance, (context, fault, attempt, pause) =>
            Logs.Repeating(logger, context.Properties.GetValue(PathKey, ""), fault.Status, fault.Code, attempt, pause));
    }

    /// <summary>Sends a call and repeats it where that may help.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="check">Looks into a complete answer; says what is wrong with it, or null.</param>
    /// <param name="cancellation">Ends the calling.</param>
    public Task<Answer<T>> SendAsync<T>(ContractCall call, Func<T, string?> check, CancellationToken cancellation)
        where T : class => RepeatAsync(call.Path, token => AttemptAsync(call, check, token), cancellation);

    /// <summary>Repeats attempts where that may help.</summary>
    /// <param name="path">What they are made at, for the log.</param>
    /// <param name="attempt">Makes one.</param>
    /// <param name="cancellation">Ends the calling.</param>
    public async Task<Answer<T>> RepeatAsync<T>(string path, Func<CancellationToken, ValueTask<Answer<T>>> attempt, CancellationToken cancellation)
        where T : class
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        try
        {
            context.Properties.Set(PathKey, path);
            var answer = await _pipeline.ExecuteAsync(
                static (context, attempt) => attempt(context.CancellationToken), context, attempt).ConfigureAwait(false);
            if (answer.Fault is { } fault)
            {
                Logs.Failed(_logger, path, fault.Status, fault.Code);
            }

            return answer;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>One attempt at a call.</summary>
    public async ValueTask<Answer<T>> AttemptAsync<T>(ContractCall call, Func<T, string?> check, CancellationToken cancellation)
        where T : class
    {
        var (body, fault) = await _sender.SendAsync(call, cancellation).ConfigureAwait(false);
        if (fault is not null)
        {
            return fault;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, ContractJson.Tolerant) is not { } value ? Faults.Broken("It is null.")
                : check(value) is { } problem ? Faults.Inconsistent(problem)
                : value;
        }
        catch (JsonException damage)
        {
            // The exception's own text may hold a value; its place does not.
            return Faults.Broken($"It is no such JSON as the contract describes, at line {damage.LineNumber + 1}, byte {damage.BytePositionInLine + 1}.");
        }
    }

    public void Dispose() => _sender.Dispose();
}
