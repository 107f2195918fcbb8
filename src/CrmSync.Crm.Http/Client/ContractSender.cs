using System.Net;
using System.Net.Http.Headers;
using CrmSync.Core.Setup;
using CrmSync.Crm.Http.Contract;

namespace CrmSync.Crm.Http.Client;

/// <summary>Sends one attempt of a call and reads its answer. The token goes to the CRM's address only, and no redirect is followed.</summary>
internal sealed class ContractSender : IDisposable
{
    private const string Json = "application/json";

    private readonly HttpCrmConnection _connection;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly AnswerReader _answers;

    public ContractSender(HttpCrmConnection connection, TimeProvider time, HttpMessageHandler? handler)
    {
        var problems = connection.Problems();
        if (problems.Count > 0 || !CrmAddress.TryParse(connection.Address, out var address, out _))
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(connection));
        }

        if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
        {
            throw new ArgumentException("The handler must not follow redirects: the token would be sent along.", nameof(handler));
        }

        (_connection, _time, _answers) = (connection, time, new AnswerReader(connection, time));

        // Time-outs are made per attempt from the TimeProvider, so that the client's own is switched off. A handler passed in stays its owner's.
        _http = new HttpClient(handler ?? DefaultHandler(), disposeHandler: handler is null)
        {
            BaseAddress = new Uri(address, ContractAddresses.Root + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", connection.Token);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(ContractProblem.MediaType));
    }

    /// <summary>One attempt: the answer's bytes, or a fault. Only the caller's own cancellation is thrown.</summary>
    public async Task<(ReadOnlyMemory<byte> Body, Fault? Fault)> SendAsync(ContractCall call, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_connection.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var request = Compose(call);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return await _answers.ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return (default, Faults.TimedOut(_connection.RequestTimeout));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            return (default, _answers.Broken(failure));
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Compose(ContractCall call)
    {
        var request = new HttpRequestMessage(
            call.Body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(call.Query.Length == 0 ? call.Path : $"{call.Path}?{call.Query}", UriKind.Relative));
        if (call.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        }

        if (call.IdempotencyKey is { } key)
        {
            request.Headers.Add(ContractAddresses.IdempotencyKey, key);
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
