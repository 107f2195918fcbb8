using CrmSync.Core.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmSync.Api.Problems;

/// <summary>Gives every answer of the API with a status of 400 or more its problem document, whoever decided on the status.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = http.Response.HasStarted ? http.Response.StatusCode : ClientClosedRequest;
            return;
        }
        catch (SideException exception)
        {
            await WriteAsync(http, ApiProblems.Of(exception)).ConfigureAwait(false);
            return;
        }
        catch (BadHttpRequestException exception)
        {
            await WriteAsync(http, ApiProblems.OfStatus(exception.StatusCode)).ConfigureAwait(false);
            return;
        }
#pragma warning disable CA1031 // The last resort: whatever happened, the caller gets a document and the operator a line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.Unexpected(http.TraceIdentifier, exception.GetType().FullName ?? "exception", exception.StackTrace ?? "nowhere");
            await WriteAsync(http, ApiProblems.Unexpected(http.TraceIdentifier)).ConfigureAwait(false);
            return;
        }

        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            await ApiProblems.OfStatus(http.Response.StatusCode).ExecuteAsync(http).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(HttpContext http, ProblemResult problem)
    {
        // An answer that has begun cannot be taken back; cutting it off tells the caller that it is not whole.
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        await problem.ExecuteAsync(http).ConfigureAwait(false);
    }
}

/// <summary>Puts the middleware in front of everything else, so that a host cannot forget it.</summary>
internal sealed class ProblemStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ProblemMiddleware>();
        next(app);
    };
}
