using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows.Apply;

namespace CrmSync.Core.Workflows.Import;

/// <summary>
/// Apply: does what a part of the plan says, batch by batch: read what is about to be overwritten, back it up, write, link. It may run again after
/// a crash anywhere: a create finds its first by the external key, an overwrite finds its values there already, a link replaces itself.
/// </summary>
internal sealed class Applying(ImportServices services)
{
    public async Task<Applied> ApplyAsync(StepContext context, PartInput input)
    {
        var stage = await services.StageAsync(context, input.Stage).ConfigureAwait(false);
        var applied = new Applied(new StageCounts(), 0);
        foreach (var page in input.PageNumbers)
        {
            var done = await ApplyAsync(context, stage, PartNumbers.OfPlan(page, input.Claimed)).ConfigureAwait(false);
            applied = new Applied(applied.Counts + done.Counts, applied.Writes + done.Writes);
        }

        return applied;
    }

    private async Task<Applied> ApplyAsync(StepContext context, StageContext stage, int number)
    {
        using var part = await services.Runs.ReadPartAsync(stage.Tenant, stage.Run, new PartName(PartKind.Plan, stage.Stage, number), stage.Cancellation)
            .ConfigureAwait(false) ?? throw new InvalidOperationException($"The part {number} of {stage.Stage} was not planned.");
        var target = new CrmTarget(stage);
        var results = new List<ResultLine>();
        var counts = new StageCounts();
        long writes = 0;
        var batches = 0;
        var all = JsonLines.Read<PlanLine>(part.Memory).Where(line => line.Operation is not null).ToList();
        var references = await PlannedReferences.FindAsync(services, stage, all).ConfigureAwait(false);
        foreach (var lines in all.Chunk(stage.Crm.Capabilities.BatchSize))
        {
            stage.Cancellation.ThrowIfCancellationRequested();
            var batch = new ApplyBatch(services.Links, services.Backups, target, context, new BackupName(stage.Stage, number, batches++));
            var items = await batch.ApplyAsync(lines, line => references.MissingFor(stage.Stage, line.Operation!) is { } missing
                ? new ApplyItem(line.Entry, line.Operation!).Left(Outcome.Skipped, missing)
                : new ApplyItem(line.Entry, references.Resolve(line.Operation!))).ConfigureAwait(false);
            var entries = items.Select(item => item.Entry).ToList();
            counts += OutcomeCounts.Of(entries);
            writes += batch.Writes;
            results.AddRange(entries.Zip(lines, ResultLine.Of).OfType<ResultLine>());
        }

        using var log = JsonLines.Write(results);
        await services.Runs.WritePartAsync(
            stage.Tenant, stage.Run, new PartName(PartKind.Results, stage.Stage, number), log.Memory, stage.Cancellation).ConfigureAwait(false);
        return new Applied(counts, writes);
    }
}
