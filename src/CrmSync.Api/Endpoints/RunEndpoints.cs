using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>Runs of every kind.</summary>
public static class RunEndpoints
{
    /// <summary>GET …/runs: newest first.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, [FromServices] IRunStore runs, [FromServices] TimeProvider time, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(time);
        var list = $"runs|{tenant}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var before = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var read = await runs.ListAsync(new TenantId(tenant), before is null ? null : new RunId(before), size + 1, cancellation).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return Answers.Ok(Answers.PageOf([.. read.Select(run => RunView.Of(run, now))], run => run.Id.Value, size, list));
    }

    /// <summary>GET …/runs/{run}.</summary>
    public static async Task<IResult> GetAsync(
        string tenant, string run, [FromServices] IRunStore runs, [FromServices] TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(time);
        var found = await runs.FindAsync(new TenantId(tenant), new RunId(run), cancellation).ConfigureAwait(false);
        return found is null ? Unknown() : Answers.Ok(RunView.Of(found, time.GetUtcNow()));
    }

    /// <summary>POST …/runs/{run}/cancel: 202; what is done stays done.</summary>
    public static async Task<IResult> CancelAsync(
        string tenant, string run, [FromServices] RunCanceller canceller, [FromServices] TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(canceller);
        ArgumentNullException.ThrowIfNull(time);
        return Accepted(tenant, await canceller.CancelAsync(new TenantId(tenant), new RunId(run), cancellation).ConfigureAwait(false), time);
    }

    /// <summary>The answer to whoever has asked something of a run: 202 with the run and its address, or the refusal.</summary>
    internal static IResult Accepted(string tenant, Result<Run> started, TimeProvider time) => started.Succeeded
        ? new CreatedResult<RunView>(
            $"/api/tenants/{tenant}/runs/{started.Value.Id}", RunView.Of(started.Value, time.GetUtcNow()), StatusCodes.Status202Accepted)
        : ApiProblems.Of(started.Refusal);

    internal static ProblemResult Unknown() =>
        ApiProblems.Of(new Refusal(RefusalKind.NotFound, "run-unknown", "There is no such run.", "See the list of runs.") { Field = "run" });
}
