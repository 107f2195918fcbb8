using CrmSync.ConnectWise.Discovery;
using Microsoft.Extensions.Logging;
using Polly;

namespace CrmSync.ConnectWise.Http;

/// <summary>
/// Sends calls to the company's API: finds the API, keeps to the limits, repeats what may be repeated, and follows a moved codebase.
/// Failures are values; only the caller's cancellation is thrown.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private readonly ILogger _logger;
    private readonly ConcurrencyGate _gate;
    private readonly HttpSender _sender;
    private readonly CodebaseLocator _locator;
    private readonly ResiliencePipeline<ApiResult> _pipeline;

    public ApiClient(ConnectWiseConnection connection, TimeProvider time, ILogger logger, Func<double> chance, HttpMessageHandler? handler)
    {
        var problems = connection.Problems();
        if (problems.Count > 0 || !SiteAddress.TryParse(connection.Site, out var origin, out _))
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(connection));
        }

        Connection = connection;
        Time = time;
        Origin = origin;
        _logger = logger;
        _gate = new ConcurrencyGate(connection.MaxConcurrency, time, connection.Shared);
        _sender = new HttpSender(connection, origin, handler, _gate, Traffic, time);
        _pipeline = RetryPipeline.Make(connection.MaxAttempts, time, chance, OnRetry);
        _locator = new CodebaseLocator(origin, connection.CompanyId, (call, target, cancellation) => RepeatAsync(call, target, false, cancellation), time,
            codebase => Logs.CodebaseMoved(logger, codebase));
    }

    public ConnectWiseConnection Connection { get; }

    public TimeProvider Time { get; }

    public Uri Origin { get; }

    public ILogger Logger => _logger;

    public TrafficCounter Traffic { get; } = new();

    public int ConcurrencyLimit => _gate.Limit;

    /// <summary>Says that a reading of pages begins, until the value is disposed of.</summary>
    public IDisposable Read()
    {
        _gate.BeginReading();
        return new Reading(_gate);
    }

    /// <summary>The address of the API, for those who must know how long a query may be.</summary>
    public Task<LocationResult> LocateAsync(CancellationToken cancellation) => _locator.LocateAsync(cancellation);

    /// <summary>Sends a call until its outcome stands.</summary>
    public async Task<ApiResult> SendAsync(ApiCall call, CancellationToken cancellation)
    {
        var located = await _locator.LocateAsync(cancellation).ConfigureAwait(false);
        if (located.Location is not { } location)
        {
            return ApiResult.Failed(located.Error!);
        }

        var result = await RepeatAsync(call, Address(location, call), true, cancellation).ConfigureAwait(false);
        if (result.Error is { } error && (error.RouteUnknown || (call.IsList && error.Status == 404)))
        {
            var moved = await _locator.MovedFromAsync(location, call.Path, cancellation).ConfigureAwait(false);
            if (moved is not null)
            {
                // Safe for writes, too: an unknown address has carried nothing out.
                result = await RepeatAsync(call, Address(moved, call), true, cancellation).ConfigureAwait(false);
            }
        }

        if (result.Error is { } final)
        {
            Logs.Failed(_logger, final.Endpoint, final.Category.ToString(), final.Status, final.Code, final.RequestId);
        }

        return result;
    }

    public void Dispose()
    {
        _locator.Dispose();
        _sender.Dispose();
        _gate.Dispose();
    }

    private static Uri Address(ApiLocation location, ApiCall call) => new(location.Base, call.Query.Length == 0 ? call.Path : $"{call.Path}?{call.Query}");

    private async Task<ApiResult> RepeatAsync(ApiCall call, Uri target, bool withCredentials, CancellationToken cancellation) =>
        await _pipeline.ExecuteAsync(
            static async (state, token) => await state._sender.SendAsync(state.call, state.target, state.withCredentials, token).ConfigureAwait(false),
            (_sender, call, target, withCredentials),
            cancellation).ConfigureAwait(false);

    private void OnRetry(ApiResult failed, int attempt, TimeSpan pause)
    {
        Traffic.Retry();
        if (failed.Error is not { } error)
        {
            return;
        }

        if (error.RetryAfter is { } asked)
        {
            Logs.Throttled(_logger, asked, _gate.Limit);
        }

        Logs.Repeating(_logger, error.Endpoint, error.Category.ToString(), error.Code, attempt, pause);
    }

    private sealed class Reading(ConcurrencyGate gate) : IDisposable
    {
        public void Dispose() => gate.EndReading();
    }
}
