using System.Globalization;
using CrmSync.Simulator.Faults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CrmSync.Simulator.Http;

/// <summary>One request from its first byte to its last: routing by codebase, faults, credentials, answer.</summary>
internal sealed class SimulatorPipeline(
    SimulatorOptions options,
    SimulatorSwitches switches,
    SimulatorClock clock,
    RequestCounters counters,
    ApiRouter router,
    BufferPool buffers)
{
    private const int LongestBody = 8 * 1024 * 1024;

    private readonly Credentials _credentials = new(options, switches);
    private readonly SystemInfo _info = new(options);

    public async Task HandleAsync(HttpContext context)
    {
        var number = counters.Next();

        // Runs beside the making of the answer, which is part of what a request takes: a page costs no more on a busy machine than on an idle one.
        var latency = switches.Latency > TimeSpan.Zero ? Task.Delay(switches.Latency, clock.Time, context.RequestAborted) : Task.CompletedTask;
        var path = context.Request.Path.Value ?? "";
        var fault = path.Contains("/apis/", StringComparison.OrdinalIgnoreCase) ? switches.Faults.Draw(path) : null;
        if (fault == FaultKind.Slow)
        {
            await Task.Delay(switches.Faults.SlowBy, clock.Time, context.RequestAborted);
        }

        var answer = fault is { } kind && FaultAnswers.For(kind, switches.Faults) is { } spoilt ? spoilt : await AnswerAsync(context.Request, path);
        try
        {
            await latency;
            WriteHeaders(context, answer, number);
            await SendAsync(context, answer, fault);
        }
        finally
        {
            buffers.Return(answer.Rented);
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpRequest request, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments switch
        {
            [var login, var info, var company] when Is(login, "login") && Is(info, "companyinfo") =>
                _info.CompanyInfo(company, switches.Codebase, request.Host.Value ?? ""),
            [var codebase, var apis, "3.0", .. var rest] when Is(apis, "apis") => RefuseCodebase(codebase) ?? await ApiAsync(request, codebase, rest),
            _ => ApiAnswer.CannotRoute(),
        };
    }

    private ApiAnswer? RefuseCodebase(string codebase) => Is(codebase, "v4_6_release") || Is(codebase, switches.Codebase) ? null
        : switches.FormerCodebases.ContainsKey(codebase) ? ApiAnswer.NoEndpoint()
        : ApiAnswer.CannotRoute();

    private async Task<ApiAnswer> ApiAsync(HttpRequest request, string codebase, string[] segments)
    {
        if (switches.CountsPaths)
        {
            counters.CountPath(ApiRouter.Normalise(segments).Pattern);
        }

        var isOpen = switches.IsInfoOpen && segments is [var system, var info] && Is(system, "system") && Is(info, "info");
        if (!isOpen && _credentials.Check(request.Headers) is { } refusal)
        {
            return refusal;
        }

        using var body = new MemoryStream();
        if (request.ContentLength is > LongestBody)
        {
            return ApiAnswer.Error(413, "ConnectWiseApi", "The request is too large.");
        }

        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return router.Answer(new ApiRequest
        {
            Method = request.Method,
            Segments = segments,
            Query = new Dictionary<string, StringValues>(request.Query, StringComparer.OrdinalIgnoreCase),
            ApiRoot = $"{request.Scheme}://{request.Host}/{codebase}/apis/3.0/",
            IsForwardOnly = Is(request.Headers["pagination-type"].ToString(), "forward-only"),
            Body = body.ToArray(),
        });
    }

    private void WriteHeaders(HttpContext context, ApiAnswer answer, long number)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.Date = clock.Now.ToString("r", CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-cache";
        response.Headers["x-cw-request-id"] = number.ToString("x16", CultureInfo.InvariantCulture);
        response.Headers["api-current-version"] = "2025.1";
        if (answer.Link is not null)
        {
            response.Headers.Link = answer.Link;
        }

        if (answer.Disposition is not null)
        {
            response.Headers.ContentDisposition = answer.Disposition;
        }

        if (answer.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Reason is not null)
        {
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = answer.Reason;
        }
    }

    private async Task SendAsync(HttpContext context, ApiAnswer answer, FaultKind? fault)
    {
        var body = answer.Body;
        switch (fault)
        {
            case FaultKind.ConnectionReset:
                context.Response.ContentLength = body.Length;
                await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
            case FaultKind.TruncatedJson:
                body = body[..(body.Length / 2)];
                break;
        }

        counters.CountStatus(answer.Status);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static bool Is(string text, string expected) => text.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
