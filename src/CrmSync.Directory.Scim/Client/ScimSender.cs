using System.Net;
using System.Net.Http.Headers;
using CrmSync.Core.Setup;

namespace CrmSync.Scim.Client;

/// <summary>Sends one attempt of a call and reads its answer. The token goes to the directory's address only, and no redirect is followed.</summary>
internal sealed class ScimSender : IDisposable
{
    public const string MediaType = "application/scim+json";

    private readonly ScimConnection _connection;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly AnswerReader _answers;

    public ScimSender(ScimConnection connection, TimeProvider time, HttpMessageHandler? handler)
    {
        var problems = connection.Problems();
        if (problems.Count > 0 || !CrmAddress.TryParse(connection.Settings.Address, out var address, out _))
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(connection));
        }

        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException("The handler must not follow redirects: the token would be sent along.", nameof(handler));
        }

        (_connection, _time, _answers) = (connection, time, new AnswerReader(connection, time));

        // Time-outs are made per attempt from the TimeProvider, so that the client's own is switched off. A handler passed in stays its owner's.
        _http = new HttpClient(handler ?? DefaultHandler(), disposeHandler: handler is null) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", connection.Token);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/problem+json"));
    }

    /// <summary>One attempt. Only the caller's own cancellation is thrown.</summary>
    public async ValueTask<ScimAnswer> SendAsync(ScimCall call, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_connection.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var request = Compose(call);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await _answers.ReadAsync(call, response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Faults.TimedOut(_connection.RequestTimeout);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            return _answers.Broken(failure);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Compose(ScimCall call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(call.Path, UriKind.Relative));
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(ScimJson.Write(body));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        }

        if (call.IfMatch is { } version)
        {
            // A version is the directory's own text, and need not have the form of the header that carries it.
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return request;
    }

    private static SocketsHttpHandler DefaultHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        // Cloud hosts move between addresses; a connection kept for ever would never notice.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
