using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>What runs did to single records, and why (IM-9).</summary>
public static class RecordEndpoints
{
    /// <summary>GET …/runs/{run}/records: the lines of a run's log, in the order of stages and ids.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, string run, [FromServices] RecordLog log, string? stage, string? outcome, string? reason,
        string? id, string? continuation, string? limit,
        CancellationToken cancellation) =>
        Answers.Of(await PageAsync(tenant, run, log, stage, outcome, reason, id, continuation, limit, cancellation).ConfigureAwait(false));

    /// <summary>A page of a run's lines.</summary>
    internal static async Task<Result<Page<RecordLogEntry>>> PageAsync(
        string tenant, string run, RecordLog log, string? stage, string? outcome, string? reason, string? id, string? continuation, string? limit,
        CancellationToken cancellation, bool asPlanned = false)
    {
        ArgumentNullException.ThrowIfNull(log);
        var query = new QueryReader();
        var filter = new RecordFilter
        {
            Stage = query.Stage(stage),
            Outcome = query.Outcome(outcome),
            Reason = reason,
            Id = query.Id(id, "id"),
            AsPlanned = asPlanned,
        };
        var list = $"{(asPlanned ? "plan" : "records")}|{tenant}|{run}|{filter.Stage}|{filter.Outcome}|{filter.Reason}|{filter.Id}";
        var size = query.Limit(limit);
        var place = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var page = await log.ReadAsync(new TenantId(tenant), new RunId(run), filter, place, size, cancellation).ConfigureAwait(false);
        return page.Succeeded
            ? new Page<RecordLogEntry>(page.Value.Records, page.Value.Continuation is { } next ? ContinuationToken.Write(list, next) : null)
            : page.Refusal;
    }

    /// <summary>GET …/records/{entity}/{id}/explanation: why a record is, or is not, in the CRM.</summary>
    public static async Task<IResult> ExplainAsync(
        string tenant, string entity, string id, [FromServices] Explainer explainer, string? side, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(explainer);
        if (Stages.Parse(entity) is not { } parsed)
        {
            return LinkEndpoints.EntityUnknown();
        }

        var query = new QueryReader();
        var of = query.Side(side);
        return query.Refusal is { } refusal
            ? ApiProblems.Of(refusal)
            : Answers.Of(await explainer.ExplainAsync(new TenantId(tenant), parsed, of, id, cancellation).ConfigureAwait(false));
    }
}
