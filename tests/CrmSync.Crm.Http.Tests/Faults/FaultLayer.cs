using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CrmSync.Contracts.Crm;
using CrmSync.Crm.Http.Contract;
using CrmSync.Crm.Http.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit.Abstractions;

namespace CrmSync.Crm.Http.Tests.Faults;

/// <summary>What can happen to a call on its way.</summary>
internal enum Mishap
{
    None,

    /// <summary>The connection breaks before the CRM sees the call (F1).</summary>
    LostRequest,

    /// <summary>The CRM does it, and the connection breaks before its answer (F2).</summary>
    LostAnswer,

    /// <summary>The answer breaks off in its middle (F6).</summary>
    CutAnswer,

    /// <summary>The answer is half a JSON, complete by its length (F7).</summary>
    TruncatedJson,

    /// <summary>A web page with 200 (F8).</summary>
    HtmlOk,

    /// <summary>A web page with 503 (F8).</summary>
    HtmlUnavailable,

    /// <summary>429 with Retry-After in seconds, as a date, or without (F11).</summary>
    Throttled,

    /// <summary>500 with a problem document, after the CRM did it (F12).</summary>
    Failed,

    /// <summary>The answer begins and never ends (F5).</summary>
    Slow,

    /// <summary>The CRM does the beginning of a batch and puts off the rest (F26).</summary>
    PutOff,
}

/// <summary>
/// Stands between the connector and a CRM, and does to its calls what lines, proxies and busy servers do. What befalls which call follows from the
/// seed; no call is befallen more than three times in a row, so that every one gets through in the end.
/// </summary>
internal sealed class FaultLayer(int seed, double share, PassingTime time)
{
    private const int DefaultSeed = 20261102;
    private const int MostInARow = 3;

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, int> _inARow = new();
    private readonly HashSet<string> _seen = [];
    private readonly ConcurrentDictionary<string, byte[]> _putOff = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();
    private readonly ConcurrentDictionary<Mishap, int> _counts = new();

    /// <summary>The seed of this run: the environment's CRMSYNC_SEED, or always the same.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("CRMSYNC_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
            ? given : DefaultSeed;

    /// <summary>How often each mishap befell.</summary>
    public IReadOnlyDictionary<Mishap, int> Counts => _counts;

    /// <summary>A CRM behind a bad line; the seed is written where a failure shows it.</summary>
    public static async Task<ICrmHarness> HarnessAsync(ITestOutputHelper output)
    {
        output.WriteLine($"Seed {Seed}: run again with CRMSYNC_SEED={Seed}");
        return await HttpHarness.StartAsync(time => new FaultLayer(Seed, 0.35, time).InvokeAsync);
    }

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var batch = http.Request.Headers[ContractAddresses.IdempotencyKey].ToString();
        if (batch.Length == 0)
        {
            await InvokeAsync(http, next, batch);
            return;
        }

        // One after the other by name, as any CRM does it: what was put off is known before the same batch is asked for again.
        var gate = _gates.GetOrAdd(batch, _ => new SemaphoreSlim(1));
        await gate.WaitAsync();
        try
        {
            await InvokeAsync(http, next, batch);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task InvokeAsync(HttpContext http, RequestDelegate next, string batch)
    {
        if (_putOff.TryGetValue(batch, out var before))
        {
            await WriteAsync(http, 207, "application/json", before);
            return;
        }

        var call = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {batch}";
        var mishap = Next(call, batch.Length > 0);
        _counts.AddOrUpdate(mishap, 1, (_, count) => count + 1);
        switch (mishap)
        {
            case Mishap.None:
                await next(http);
                break;
            case Mishap.LostRequest:
                http.Abort();
                break;
            case Mishap.HtmlOk:
                await WriteAsync(http, 200, "text/html", "<html><title>Log in</title></html>"u8.ToArray());
                break;
            case Mishap.HtmlUnavailable:
                await WriteAsync(http, 503, "text/html", "<html><title>Maintenance</title></html>"u8.ToArray());
                break;
            case Mishap.Throttled:
                await ThrottleAsync(http);
                break;
            case Mishap.PutOff:
                var answer = await PartialBatch.DoBeginningAsync(http, next, Chance);
                _putOff[batch] = answer;
                await WriteAsync(http, 207, "application/json", answer);
                break;
            case Mishap.LostAnswer or Mishap.CutAnswer or Mishap.TruncatedJson or Mishap.Failed or Mishap.Slow:
                await SpoilAsync(http, await AnswerBuffer.RunAsync(http, next), mishap);
                break;
        }
    }

    private async Task SpoilAsync(HttpContext http, byte[] answer, Mishap mishap)
    {
        var half = answer.AsMemory(0, answer.Length / 2);
        switch (mishap)
        {
            case Mishap.TruncatedJson:
                await WriteAsync(http, 200, "application/json", half);
                break;
            case Mishap.Failed:
                await WriteAsync(http, 500, ContractProblem.MediaType, Encoding.UTF8.GetBytes(
                    """{"type":"/problems/unexpected","title":"Unexpected","status":500,"detail":"Oops.","code":"unexpected","remedy":"Try again."}"""));
                break;
            case Mishap.CutAnswer or Mishap.Slow:
                http.Response.ContentLength = answer.Length;
                await http.Response.Body.WriteAsync(half);
                await http.Response.Body.FlushAsync();
                if (mishap == Mishap.Slow)
                {
                    await OutOfTimeAsync(http);
                }

                http.Abort();
                break;
            default:
                http.Abort();
                break;
        }
    }

    private async Task OutOfTimeAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        time.TimeOut();
        await gone.Task;
    }

    private Task ThrottleAsync(HttpContext http)
    {
        switch (Chance(4))
        {
            case 0:
                http.Response.Headers.RetryAfter = "7";
                break;
            case 1:
                http.Response.Headers.RetryAfter = time.GetUtcNow().AddSeconds(30).ToString("R", CultureInfo.InvariantCulture);
                break;
            case 2:
                http.Response.Headers.RetryAfter = "999999999999";
                break;
        }

        return WriteAsync(http, 429, "text/plain", "Slow down."u8.ToArray());
    }

    private Mishap Next(string call, bool isBatch)
    {
        lock (_random)
        {
            // What a CRM has done it does not put off any more.
            var mayBePutOff = _seen.Add(call) && isBatch;
            if (_random.NextDouble() >= share || _inARow.GetValueOrDefault(call) >= MostInARow)
            {
                _inARow[call] = 0;
                return Mishap.None;
            }

            _inARow[call] = _inARow.GetValueOrDefault(call) + 1;
            return (Mishap)_random.Next(1, (int)Mishap.PutOff + (mayBePutOff ? 1 : 0));
        }
    }

    private int Chance(int below)
    {
        lock (_random)
        {
            return _random.Next(below);
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }
}
