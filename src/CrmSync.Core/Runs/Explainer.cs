using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Runs;

/// <summary>Answers, for one record, why it is or is not in the CRM (IM-9).</summary>
public sealed class Explainer(IRunStore runs, ILinkStore links, ISystems systems, RecordLog log)
{
    // How many runs back the last word on a record is looked for.
    private const int RunsBack = 50;

    /// <summary>
    /// Explains a record by the last run that read it. Refused: "id-invalid", "not-a-stage" for a kind of record that no import brings in,
    /// "record-unknown" for one that neither a run has read nor ConnectWise has.
    /// </summary>
    /// <param name="tenant">Whose record.</param>
    /// <param name="entity">What it is.</param>
    /// <param name="side">On which side the id stands.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public async Task<Result<RecordExplanation>> ExplainAsync(TenantId tenant, Entity entity, Side side, string id, CancellationToken cancellation)
    {
        if (!Stages.All.Contains(entity))
        {
            return new Refusal(RefusalKind.Invalid, "not-a-stage", $"No import brings in {Stages.NameOf(entity)}.",
                $"Ask about one of {string.Join(", ", Stages.All.Select(Stages.NameOf))}.")
            { Field = "entity" };
        }

        if (side == Side.Crm)
        {
            var crm = new CrmId(id);
            var owners = await links.FindByCrmAsync(tenant, entity, [crm], cancellation).ConfigureAwait(false);
            return owners.TryGetValue(crm, out var owner)
                ? await ExplainAsync(tenant, entity, owner, cancellation).ConfigureAwait(false)
                : new Refusal(RefusalKind.NotFound, "record-unknown", $"No ConnectWise record is linked to {id}.",
                    "It was created in the CRM, or its link was cut.");
        }

        return ConnectWiseId.TryParse(id) is { } connectWise
            ? await ExplainAsync(tenant, entity, connectWise, cancellation).ConfigureAwait(false)
            : new Refusal(RefusalKind.Invalid, "id-invalid", $"\"{id}\" is no ConnectWise id.", "Give the number that ConnectWise shows.") { Field = "id" };
    }

    private async Task<Result<RecordExplanation>> ExplainAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation)
    {
        var link = await links.FindAsync(tenant, entity, id, cancellation).ConfigureAwait(false);
        foreach (var run in await runs.ListAsync(tenant, null, RunsBack, cancellation).ConfigureAwait(false))
        {
            if (run.DryRun || !run.Stages.Contains(entity))
            {
                continue;
            }

            if (await log.FindAsync(run, entity, id, cancellation).ConfigureAwait(false) is { } entry)
            {
                return Explain(entity, id, link, run, entry);
            }
        }

        return await ExplainUnseenAsync(tenant, entity, id, link, cancellation).ConfigureAwait(false);
    }

    private static RecordExplanation Explain(Entity entity, ConnectWiseId id, Link? link, Run run, RecordLogEntry entry)
    {
        var reason = Reason.Find(entry.Reason);
        var words = entry.Outcome switch
        {
            Outcome.Created => $"It was created in the CRM as {entry.Crm} by the run {run.Id}.",
            Outcome.Updated => $"It is in the CRM as {entry.Crm}; the run {run.Id} changed {string.Join(", ", entry.Changes.Select(change => change.Field))}.",
            Outcome.Linked => $"It was linked by the run {run.Id} to {entry.Crm}, which the CRM had before; they matched by {entry.MatchedBy}.",
            Outcome.Unchanged => $"It is in the CRM as {entry.Crm}; the run {run.Id} found nothing to change.",
            Outcome.Skipped when link is not null => $"It is in the CRM as {link.Crm}, but the run {run.Id} left it as it is. {reason?.Words}",
            Outcome.Skipped => $"It is not in the CRM. {reason?.Words}",
            Outcome.Review => $"It waits for a decision. {reason?.Words} Candidates: {string.Join(", ", entry.Candidates)}.",
            Outcome.Failed => $"The run {run.Id} could not bring it in. {reason?.Words}",
        };
        return new RecordExplanation
        {
            Entity = entity,
            Id = id,
            Crm = link?.Crm,
            InCrm = link is not null,
            Answer = entry.Message is null ? words : $"{words} {entry.Message}",
            Remedy = reason?.Remedy,
            Run = run.Id,
            Entry = entry,
        };
    }

    // No run has read it: it is younger than the last one, or it is not there.
    private async Task<Result<RecordExplanation>> ExplainUnseenAsync(
        TenantId tenant, Entity entity, ConnectWiseId id, Link? link, CancellationToken cancellation)
    {
        var connectWise = await systems.ConnectWiseAsync(tenant, cancellation).ConfigureAwait(false);
        var exists = await connectWise.FindAsync(entity, id, [], cancellation).ConfigureAwait(false) is not null;
        if (!exists && link is null)
        {
            return new Refusal(RefusalKind.NotFound, "record-unknown", $"ConnectWise has no record {id} among its {Stages.NameOf(entity)}.", "Look for it by its name in ConnectWise.");
        }

        return new RecordExplanation
        {
            Entity = entity,
            Id = id,
            Crm = link?.Crm,
            InCrm = link is not null,
            Answer = link is not null ? $"It is in the CRM as {link.Crm}." : "It is in ConnectWise, but no import has read it yet.",
            Remedy = link is not null ? null : $"Import {Stages.NameOf(entity)}.",
        };
    }
}
