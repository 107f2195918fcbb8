using CrmSync.Core.Merging;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>One batch of a plan's part, on its way to the CRM.</summary>
internal sealed class ApplyBatch(ImportServices services, StageContext stage, BackupName name)
{
    /// <summary>Records written to the CRM.</summary>
    public long Writes { get; private set; }

    /// <summary>Applies the lines; the entries stand in their order.</summary>
    public async Task<IReadOnlyList<RecordLogEntry>> ApplyAsync(IReadOnlyList<PlanLine> lines)
    {
        var references = await PlannedReferences.FindAsync(services, stage, lines).ConfigureAwait(false);
        var current = await CurrentAsync(lines).ConfigureAwait(false);
        var items = lines.Select(line => Prepare(line, references, current)).ToList();
        var overwritten = items.Where(item => item.Write?.Id is not null).Select(item => current[item.Write!.Id!.Value]).ToList();
        if (overwritten.Count > 0)
        {
            // ME-7: before the write, on the side where it is overwritten.
            var records = overwritten.Select(record => new BackupRecord(Side.Crm, stage.Stage, record.Id.Value, record.UpdatedAt, record.Fields)).ToList();
            await services.Backups.WriteAsync(stage.Tenant, stage.Run, name, records, stage.Cancellation).ConfigureAwait(false);
        }

        await WriteAsync(items).ConfigureAwait(false);
        await LinkAsync(items).ConfigureAwait(false);
        return [.. items.Select(item => item.Entry)];
    }

    private async Task<IReadOnlyDictionary<CrmId, CrmRecord>> CurrentAsync(IReadOnlyList<PlanLine> lines)
    {
        var ids = lines.Where(line => line.Operation!.Kind is OperationKind.Update or OperationKind.Link).Select(line => line.Entry.Crm!.Value).ToList();
        return ids.Count == 0
            ? new Dictionary<CrmId, CrmRecord>()
            : await stage.Crm.ReadAsync(stage.Stage, ids, stage.Cancellation).ConfigureAwait(false);
    }

    private Item Prepare(PlanLine line, PlannedReferences references, IReadOnlyDictionary<CrmId, CrmRecord> current)
    {
        var operation = references.Resolve(line.Operation!);
        var item = new Item(line.Entry, operation);
        if (references.MissingFor(stage.Stage, line.Operation!) is { } missing)
        {
            return item.Left(Outcome.Skipped, missing);
        }

        switch (operation.Kind)
        {
            case OperationKind.Bookkeep:
                return item;
            case OperationKind.Create:
                item.Write = Write(item, null, ExternalKeys.Of(stage.Mapping.ConnectWiseCompany, stage.Stage, line.Entry.Id));
                return item;
            case OperationKind.Update or OperationKind.Link:
            default:
                if (!current.TryGetValue(line.Entry.Crm!.Value, out var record))
                {
                    return item.Left(Outcome.Skipped, Reason.CrmRecordGone);
                }

                if (Holds(record, operation.Write))
                {
                    // An earlier try got this far, or somebody entered the same: the fields are there. Lists and the key may not be.
                    item.Stored = operation.Write;
                }
                else if (operation.Expect is not null && !Holds(record, operation.Expect))
                {
                    return item.Left(Outcome.Skipped, Reason.ChangedMeanwhile);
                }

                item.Write = Write(item, record.Id, operation.Kind == OperationKind.Link && record.ExternalKey is null
                    ? ExternalKeys.Of(stage.Mapping.ConnectWiseCompany, stage.Stage, line.Entry.Id) : null);
                return item;
        }
    }

    private static CrmWrite Write(Item item, CrmId? id, string? key) => new()
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
            var kind = stage.Mapping.KindOf(value.Key);
            if (!FieldEquality.Same(kind, record.Fields[value.Key], value.Value, stage.Mapping.Country))
            {
                return false;
            }
        }

        return true;
    }

    private async Task WriteAsync(List<Item> items)
    {
        var sent = items.Where(item => item.Write is not null).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var results = await stage.Crm.WriteAsync(stage.Stage, [.. sent.Select(item => item.Write!)], stage.Cancellation).ConfigureAwait(false);
        foreach (var (item, result) in sent.Zip(results))
        {
            if (result.Error is { } error)
            {
                item.Left(Outcome.Failed, Reason.CrmRefused, error.Message);
                continue;
            }

            Writes++;
            item.Stored ??= result.Stored;
            item.Entry = item.Entry with { Crm = result.Id };
        }
    }

    private async Task LinkAsync(List<Item> items)
    {
        var linked = items.Where(item => item.Applies).ToList();
        if (linked.Count == 0)
        {
            return;
        }

        var links = linked.Select(item => Snapshots.LinkOf(stage.Mapping, item.Entry.Id, item.Entry.Crm!.Value, item.Operation, item.Stored, stage.Run)).ToList();
        var refused = await services.Links.WriteAsync(stage.Tenant, stage.Stage, links, stage.Cancellation).ConfigureAwait(false);
        foreach (var item in linked.Where(item => refused.Contains(item.Entry.Id)))
        {
            item.Left(Outcome.Failed, Reason.LinkTaken);
        }
    }

    private sealed class Item(RecordLogEntry entry, Operation operation)
    {
        public RecordLogEntry Entry { get; set; } = entry;

        public Operation Operation { get; } = operation;

        public CrmWrite? Write { get; set; }

        public FieldValues? Stored { get; set; }

        /// <summary>Whether nothing stood in its way.</summary>
        public bool Applies { get; private set; } = true;

        public Item Left(Outcome outcome, Reason reason, string? message = null)
        {
            Applies = false;
            Write = null;
            Entry = Entry with { Outcome = outcome, Reason = reason.Code, Message = message ?? Entry.Message };
            return this;
        }
    }
}
