using CrmSync.Api.Http;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Api.Endpoints;

/// <summary>Tells that the service runs.</summary>
public static class HealthEndpoints
{
    /// <summary>GET /health: 200 as long as the process answers. Asks no other system.</summary>
    public static IResult Get() => Answers.Ok(new HealthView("ok"));
}

/// <summary>How the service is.</summary>
/// <param name="Status">"ok".</param>
public sealed record HealthView(string Status);
