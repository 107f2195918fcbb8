using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>A page of a plan; the first one tells what the plan comes to, and by which hash it is applied.</summary>
/// <param name="Items">The lines, in the order of stages and ids.</param>
/// <param name="Continuation">The token with which the next page is asked for; null at the end.</param>
public sealed record PlanPage(IReadOnlyList<RecordLogEntry> Items, string? Continuation)
{
    /// <summary>The plan's hash; null on later pages, and where there is no plan.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether it was only shown, so that it can be applied.</summary>
    public bool MayBeApplied { get; init; }

    /// <summary>The counts of each stage; null on later pages, and while the run is at work.</summary>
    public IReadOnlyList<StageReport>? Stages { get; init; }

    /// <summary>For employees: what the plan comes to; null for other plans.</summary>
    public EmployeeFigures? Employees { get; init; }

    /// <summary>The guards that the plan trips: applying it goes over the limits among them.</summary>
    public IReadOnlyList<RunFailure>? Guards { get; init; }
}

/// <summary>The approval of a plan.</summary>
/// <param name="Hash">The hash that stood with the plan.</param>
public sealed record PlanApproval(string Hash);

/// <summary>What runs would do, and the approval of it (PL-1).</summary>
public static class PlanEndpoints
{
    /// <summary>GET …/plans/{run}: the lines of a run's plan as they were planned, with its hash and counts on the first page.</summary>
    public static async Task<IResult> GetAsync(
        string tenant, string run, [FromServices] RecordLog log, [FromServices] IRunStore runs, [FromServices] EmployeeSyncService syncs, string? stage,
        string? outcome, string? reason, string? id, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(syncs);
        var page = await RecordEndpoints.PageAsync(
            tenant, run, log, stage, outcome, reason, id, continuation, limit, cancellation, asPlanned: true).ConfigureAwait(false);
        if (!page.Succeeded)
        {
            return ApiProblems.Of(page.Refusal);
        }

        var plan = new PlanPage(page.Value.Items, page.Value.Continuation);
        if (continuation is not null)
        {
            return Answers.Ok(plan);
        }

        var planned = await runs.FindAsync(new TenantId(tenant), new RunId(run), cancellation).ConfigureAwait(false);
        return Answers.Ok(plan with
        {
            Hash = planned is not { Ended: true } ? null : await syncs.HashAsync(new TenantId(tenant), new RunId(run), cancellation).ConfigureAwait(false),
            MayBeApplied = planned is not null && EmployeeSyncService.MayBeApplied(planned),
            Stages = planned?.Report?.Stages,
            Employees = planned?.Report?.Employees?.Planned,
            Guards = planned?.Report?.Employees?.Guards,
        });
    }

    /// <summary>POST …/plans/{run}/apply: 202 with the run that does what is still as it was shown, and nothing else.</summary>
    public static async Task<IResult> ApplyAsync(
        string tenant, string run, HttpRequest request, [FromServices] EmployeeSyncService syncs, [FromServices] TimeProvider time,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(syncs);
        ArgumentNullException.ThrowIfNull(time);
        var body = await JsonBody.ReadAsync<PlanApproval>(request).ConfigureAwait(false);
        return body.Refused ?? RunEndpoints.Accepted(
            tenant, await syncs.ApplyAsync(new TenantId(tenant), new RunId(run), body.Value!.Hash, cancellation).ConfigureAwait(false), time);
    }
}
