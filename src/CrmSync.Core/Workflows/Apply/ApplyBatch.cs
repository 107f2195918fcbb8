using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Apply;

/// <summary>
/// One batch of a plan's part, on its way to the other side: read what is about to be overwritten, hold it against the plan (PL-1), back it up
/// (ME-7), write, link.
/// </summary>
/// <param name="links">Links and snapshots.</param>
/// <param name="backups">What is overwritten.</param>
/// <param name="target">The other side.</param>
/// <param name="step">The step that applies.</param>
/// <param name="name">The backup's name.</param>
internal sealed class ApplyBatch(ILinkStore links, IBackupStore backups, ApplyTarget target, StepContext step, BackupName name)
{
    /// <summary>Records written.</summary>
    public long Writes { get; private set; }

    /// <summary>Applies the lines; the items stand in their order.</summary>
    /// <param name="lines">The lines, each with an operation.</param>
    /// <param name="prepare">Makes the item of a line: its operation as it can be done now, or left.</param>
    public async Task<IReadOnlyList<ApplyItem>> ApplyAsync(IReadOnlyList<PlanLine> lines, Func<PlanLine, ApplyItem> prepare)
    {
        var items = lines.Select(prepare).ToList();
        await NoteSentAsync(items).ConfigureAwait(false);
        var current = await CurrentAsync(lines).ConfigureAwait(false);
        items.ForEach(item => Prepare(item, current));
        var overwritten = items.Where(item => item.Write?.Id is not null).Select(item => current[item.Write!.Id!.Value]).ToList();
        if (overwritten.Count > 0)
        {
            // ME-7: before the write, on the side where it is overwritten.
            var records = overwritten.Select(record => new BackupRecord(Side.Crm, target.Entity, record.Id.Value, record.UpdatedAt, record.Fields)).ToList();
            await backups.WriteAsync(step.Tenant, step.Run, name, records, step.Cancellation).ConfigureAwait(false);
        }

        await WriteAsync(items).ConfigureAwait(false);
        await target.AfterWriteAsync(items).ConfigureAwait(false);
        await LinkAsync(items).ConfigureAwait(false);
        return items;
    }

    // Should the answer be lost for good, or stay a refusal although the write was done, the next plan knows whose values it finds (ME-6). Ahead of the last
    // look at the records: between that and the write, as little as can be.
    private async Task NoteSentAsync(List<ApplyItem> items)
    {
        var updates = items.Where(item => item is { Applies: true, Operation.Kind: OperationKind.Update })
            .ToDictionary(item => item.Entry.Id, item => item.Operation);
        if (updates.Count == 0)
        {
            return;
        }

        var range = new IdRange(updates.Keys.Min(id => id.Value) - 1, updates.Keys.Max(id => id.Value));
        var stored = await links.ReadRangeAsync(step.Tenant, target.Entity, range, step.Cancellation).ConfigureAwait(false);
        var noted = stored.Where(link => updates.ContainsKey(link.ConnectWise) && link.Run != step.Run)
            .Select(link => SentValues.Note(link, updates[link.ConnectWise], target.Same)).ToList();
        if (noted.Count > 0)
        {
            await links.WriteAsync(step.Tenant, target.Entity, noted, step.Cancellation).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyDictionary<CrmId, CrmRecord>> CurrentAsync(IReadOnlyList<PlanLine> lines)
    {
        var ids = lines.Where(line => line.Operation!.Kind is OperationKind.Update or OperationKind.Link).Select(line => line.Entry.Crm!.Value).ToList();
        return ids.Count == 0 ? new Dictionary<CrmId, CrmRecord>() : await target.ReadAsync(ids).ConfigureAwait(false);
    }

    private void Prepare(ApplyItem item, IReadOnlyDictionary<CrmId, CrmRecord> current)
    {
        var (operation, entry) = (item.Operation, item.Entry);
        if (!item.Applies || operation.Kind == OperationKind.Bookkeep)
        {
            return;
        }

        if (operation.Kind == OperationKind.Create)
        {
            item.Write = Write(item, null, ExternalKeys.Of(target.Company, target.Entity, entry.Id));
            return;
        }

        if (!current.TryGetValue(entry.Crm!.Value, out var record))
        {
            item.Left(Outcome.Skipped, target.Reasons.Gone);
            return;
        }

        if (Holds(record, operation.Write))
        {
            // An earlier try got this far, or somebody entered the same: the fields are there. Lists and the key may not be.
            item.Stored = operation.Write;
        }
        else if (operation.Expect is not null && !Holds(record, operation.Expect))
        {
            item.Left(Outcome.Skipped, Reason.ChangedMeanwhile);
            return;
        }

        item.Write = Write(item, record.Id, operation.Kind == OperationKind.Link && record.ExternalKey is null
            ? ExternalKeys.Of(target.Company, target.Entity, entry.Id) : null);
        if (item.Write is { ExternalKey: null, Fields.Count: 0, JoinList: null, LeaveList: null })
        {
            // What an earlier try wrote counts as this run's: taken up again, it reports what it did.
            Writes += item.WithoutWrite().Entry.Outcome == Outcome.Unchanged ? 0 : 1;
        }
    }

    private static CrmWrite Write(ApplyItem item, CrmId? id, string? key) => new()
    {
        Id = id,
        ExternalKey = key,
        Fields = item.Stored is null ? item.Operation.Write : new FieldValues(0),
        JoinList = item.Operation.JoinList,
        LeaveList = item.Operation.LeaveList,
    };

    private bool Holds(CrmRecord record, FieldValues values)
    {
        foreach (ref readonly var value in values.AsSpan())
        {
            if (!target.Same(value.Key, record.Fields[value.Key], value.Value))
            {
                return false;
            }
        }

        return true;
    }

    private async Task WriteAsync(List<ApplyItem> items)
    {
        var sent = items.Where(item => item.Write is not null).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var results = await target.WriteAsync([.. sent.Select(item => item.Write!)]).ConfigureAwait(false);
        foreach (var (item, result) in sent.Zip(results))
        {
            if (result.Error is { } error)
            {
                item.Left(Outcome.Failed, target.Reasons.Refused, error.Message);
                continue;
            }

            Writes++;
            item.Stored ??= result.Stored;
            item.Entry = item.Entry with { Crm = result.Id };
        }
    }

    private async Task LinkAsync(List<ApplyItem> items)
    {
        var linked = items.Where(item => item.Applies).ToList();
        if (linked.Count == 0)
        {
            return;
        }

        var made = linked.Select(item => target.Complete(
            item, Snapshots.LinkOf(target.Fields, item.Entry.Id, item.Entry.Crm!.Value, item.Operation, item.Stored, step.Run))).ToList();
        var refused = await links.WriteAsync(step.Tenant, target.Entity, made, step.Cancellation).ConfigureAwait(false);
        foreach (var item in linked.Where(item => refused.Contains(item.Entry.Id)))
        {
            item.Left(Outcome.Failed, target.Reasons.Taken);
        }
    }
}
