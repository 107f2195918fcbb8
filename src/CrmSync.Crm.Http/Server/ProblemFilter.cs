using System.Diagnostics.CodeAnalysis;
using CrmSync.Core.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrmSync.Crm.Http.Server;

/// <summary>Makes a problem document of whatever a handler throws.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The framework makes it.")]
internal sealed class ProblemFilter(ILogger<ProblemFilter> log) : IEndpointFilter
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(ClientClosedRequest);
        }
        catch (BadHttpRequestException exception)
        {
            return Problems.OfStatus(exception.StatusCode);
        }
        catch (SideException exception)
        {
            return Problems.Of(exception);
        }
#pragma warning disable CA1031 // The last resort: whatever happened, the caller gets a document and the operator a line.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.Unexpected(http.TraceIdentifier, exception.GetType().FullName ?? "exception", exception.StackTrace ?? "nowhere");
            return Problems.Unexpected(http.TraceIdentifier);
        }
    }
}
