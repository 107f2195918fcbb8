using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>What is asked of an import.</summary>
public sealed record ImportOrder
{
    /// <summary>One stage alone, by its name ("companies"); null for all.</summary>
    public string? Stage { get; init; }

    /// <summary>Whether to plan only (IM-7).</summary>
    public bool DryRun { get; init; }
}

/// <summary>Imports (IM).</summary>
public static class ImportEndpoints
{
    /// <summary>POST …/imports: 202 with the run and its address. Without a body: everything, for real.</summary>
    public static async Task<IResult> StartAsync(
        string tenant, HttpRequest request, [FromServices] ImportService imports, [FromServices] TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(imports);
        ArgumentNullException.ThrowIfNull(time);
        var body = await JsonBody.ReadOptionalAsync<ImportOrder>(request).ConfigureAwait(false);
        var query = new QueryReader();
        var stage = query.Stage(body.Value?.Stage);
        if (body.Refused is not null || query.Refusal is not null)
        {
            return body.Refused ?? ApiProblems.Of(query.Refusal! with { Field = "/stage" });
        }

        var started = await imports.StartAsync(new TenantId(tenant), new ImportRequest(stage, body.Value?.DryRun ?? false), cancellation).ConfigureAwait(false);
        return started.Succeeded
            ? new CreatedResult<RunView>(
                $"/api/tenants/{tenant}/imports/{started.Value.Id}", RunView.Of(started.Value, time.GetUtcNow()), StatusCodes.Status202Accepted)
            : ApiProblems.Of(started.Refusal);
    }

    /// <summary>GET …/imports/{run}: its progress, and its report when it has ended.</summary>
    public static Task<IResult> GetAsync(
        string tenant, string run, [FromServices] IRunStore runs, [FromServices] TimeProvider time, CancellationToken cancellation) =>
        RunEndpoints.GetAsync(tenant, run, runs, time, cancellation);
}
