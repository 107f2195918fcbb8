using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>Tells that the service runs.</summary>
public static class HealthEndpoints
{
    // No key has this hash: the store looks, and finds nothing.
    private const string NoKey = "0";

    /// <summary>GET /health: 200 as long as the process answers. Asks no other system.</summary>
    public static IResult Get() => Answers.Ok(new HealthView("ok"));

    /// <summary>GET /health/ready: 200 as soon as the store answers, else 503.</summary>
    public static async Task<IResult> ReadyAsync([FromServices] ITenantStore tenants, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tenants);
        try
        {
            await tenants.FindKeyAsync(NoKey, cancellation).ConfigureAwait(false);
            return Answers.Ok(new HealthView("ready"));
        }
#pragma warning disable CA1031 // Whatever the store's failure is, the answer is that the service is not ready.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return ApiProblems.NotReady();
        }
    }
}

/// <summary>How the service is.</summary>
/// <param name="Status">"ok", or "ready".</param>
public sealed record HealthView(string Status);
