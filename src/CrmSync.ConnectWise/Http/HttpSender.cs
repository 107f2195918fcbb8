using System.Net;
using System.Net.Http.Headers;
using CrmSync.ConnectWise.Errors;

namespace CrmSync.ConnectWise.Http;

/// <summary>
/// Sends one attempt of a call and reads its answer. The credentials go to the configured origin only, and no redirect is followed.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _origin;
    private readonly ConnectWiseConnection _connection;
    private readonly ConcurrencyGate _gate;
    private readonly TrafficCounter _traffic;
    private readonly TimeProvider _time;
    private readonly AnswerReader _answers;
    private readonly AuthenticationHeaderValue _credentials;
    private readonly string _accept;

    public HttpSender(ConnectWiseConnection connection, Uri origin, HttpMessageHandler? handler, ConcurrencyGate gate, TrafficCounter traffic, TimeProvider time)
    {
        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException("The handler must not follow redirects: the keys would be sent along.", nameof(handler));
        }

        _connection = connection;
        _origin = origin;
        _gate = gate;
        _traffic = traffic;
        _time = time;
        _answers = new AnswerReader(connection, traffic, time);
        _credentials = new AuthenticationHeaderValue("Basic", connection.BasicCredentials());
        _accept = $"application/vnd.connectwise.com+json; version={connection.ApiVersion}";

        // Time-outs are made per attempt from the TimeProvider, so that the client's own is switched off. A handler passed in stays its owner's.
        _http = new HttpClient(handler ?? DefaultHandler(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>One attempt. Only the caller's own cancellation is thrown.</summary>
    /// <param name="call">What to send.</param>
    /// <param name="target">Its full address; must lie on the configured origin.</param>
    /// <param name="withCredentials">False for discovery, which needs none.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<ApiResult> SendAsync(ApiCall call, Uri target, bool withCredentials, CancellationToken cancellation)
    {
        if (Uri.Compare(target, _origin, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw new InvalidOperationException($"A request to {target.Host} was stopped: only {_origin.Host} may be called.");
        }

        // The site's place is given up with the last byte: looking through a page takes long enough for the next request to be under way.
        return _answers.Inspect(call, await AttemptAsync(call, target, withCredentials, cancellation).ConfigureAwait(false));
    }

    public void Dispose() => _http.Dispose();

    private async Task<ApiResult> AttemptAsync(ApiCall call, Uri target, bool withCredentials, CancellationToken cancellation)
    {
        var pass = await _gate.EnterAsync(call.Rank, cancellation).ConfigureAwait(false);
        var load = LoadSignal.Neutral;
        try
        {
            _traffic.Request();
            using var deadline = new CancellationTokenSource(_connection.RequestTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
            try
            {
                var sentAt = _time.GetTimestamp();
                using var request = Compose(call, target, withCredentials);
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
                var result = await _answers.ReadAsync(call, response, either.Token).ConfigureAwait(false);
                load = SignalOf(result);
                return result.Response is { } answer ? ApiResult.Ok(answer with { Duration = _time.GetElapsedTime(sentAt) }) : result;
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                load = LoadSignal.Congested;
                return _answers.TimedOut(call);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
            {
                return _answers.Broken(call, failure);
            }
        }
        finally
        {
            _gate.Leave(pass, load);
        }
    }

    private LoadSignal SignalOf(ApiResult result)
    {
        if (result.Error is not { } error)
        {
            return LoadSignal.Healthy;
        }

        if (error.RetryAfter is { } pause)
        {
            _gate.Pause(pause);
        }

        return error.Category switch
        {
            ConnectWiseErrorCategory.Throttled or ConnectWiseErrorCategory.Unavailable => LoadSignal.Congested,
            _ => LoadSignal.Neutral,
        };
    }

    private HttpRequestMessage Compose(ApiCall call, Uri target, bool withCredentials)
    {
        var request = new HttpRequestMessage(call.Method, target)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", call.ExpectsJson ? _accept : "*/*");
        if (withCredentials)
        {
            request.Headers.Authorization = _credentials;
            request.Headers.TryAddWithoutValidation("clientId", _connection.ClientId.ToString("D"));
        }

        if (call.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private SocketsHttpHandler DefaultHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxConnectionsPerServer = _connection.MaxConcurrency,
        // Cloud hosts move between addresses; a connection kept for ever would never notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
