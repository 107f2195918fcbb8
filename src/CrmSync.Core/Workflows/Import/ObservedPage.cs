using System.Buffers;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>A page made ready for planning: its records in the CRM's vocabulary, with their links.</summary>
internal sealed class ObservedPage
{
    private ObservedPage(List<(ConnectWiseRecord, Translation)> records, Dictionary<ConnectWiseId, Link> links) => (Records, Links) = (records, links);

    public List<(ConnectWiseRecord Record, Translation Translation)> Records { get; }

    public Dictionary<ConnectWiseId, Link> Links { get; }

    public static async Task<ObservedPage> ReadAsync(ImportServices services, StageContext stage, int number)
    {
        var records = await RecordsAsync(services, stage, number).ConfigureAwait(false);
        var range = new IdRange(records[0].Id.Value - 1, records[^1].Id.Value);
        var links = (await services.Links.ReadRangeAsync(stage.Tenant, stage.Stage, range, stage.Cancellation).ConfigureAwait(false))
            .ToDictionary(link => link.ConnectWise);
        var references = await ReferencesAsync(services, stage, records).ConfigureAwait(false);
        return new ObservedPage(
            [.. records.Select(record => (record, Translation.Of(record, stage.Mapping, references, stage.IsInactive(record))))], links);
    }

    private static async Task<IReadOnlyList<ConnectWiseRecord>> RecordsAsync(ImportServices services, StageContext stage, int number)
    {
        using var page = await ReadAsync(PartKind.Observation).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The page {number} of {stage.Stage} was not observed.");
        var records = stage.ConnectWise.Parse(stage.Stage, page.Memory, stage.Mapping.ConnectWiseFields);
        using var below = stage.Stage == Entity.Opportunity ? await ReadAsync(PartKind.Children).ConfigureAwait(false) : null;
        if (below is not null)
        {
            var found = ChildrenPart.Read(below.Memory);
            foreach (var record in records)
            {
                if (found.TryGetValue(record.Id, out var children))
                {
                    record.Fields[FieldKeys.LineItems] = LineItem.Write(children.LineItems);
                    record.Fields[FieldKeys.Notes] = NoteEntry.Write(children.Notes);
                    record.Fields[FieldKeys.Value] = Canonical.Number(children.Total ?? children.LineItems.Sum(line => line.Revenue));
                }
            }
        }

        return records;

        Task<IMemoryOwner<byte>?> ReadAsync(PartKind kind) =>
            services.Runs.ReadPartAsync(stage.Tenant, stage.Run, new PartName(kind, stage.Stage, number), stage.Cancellation);
    }

    private static async Task<References> ReferencesAsync(ImportServices services, StageContext stage, IReadOnlyList<ConnectWiseRecord> records)
    {
        var references = new References();
        foreach (var group in records.Where(record => stage.Mapping.TypeOf(record) is not null).SelectMany(record => Pointers(stage.Stage, record))
            .Distinct().GroupBy(pointer => pointer.Entity, pointer => pointer.Id).ToList())
        {
            var ids = group.ToList();

            // What this run has planned is newer than what is linked.
            var planned = await services.Runs.FindPlannedLinksAsync(stage.Tenant, stage.Run, group.Key, ids, stage.Cancellation).ConfigureAwait(false);
            references.Add(group.Key, planned);
            ids.RemoveAll(planned.ContainsKey);
            if (ids.Count > 0)
            {
                references.Add(group.Key, await services.Links.FindTargetsAsync(stage.Tenant, group.Key, ids, stage.Cancellation).ConfigureAwait(false));
            }
        }

        return references;
    }

    private static IEnumerable<(Entity Entity, ConnectWiseId Id)> Pointers(Entity stage, ConnectWiseRecord record)
    {
        (Entity, string)[] fields = stage switch
        {
            Entity.User or Entity.Company or Entity.Solution or Entity.Employee => [],
            Entity.Contact => [(Entity.Company, FieldKeys.Company)],
            Entity.Activity => [(Entity.Company, FieldKeys.Company), (Entity.Contact, FieldKeys.Contact), (Entity.User, FieldKeys.User)],
            Entity.Opportunity => [(Entity.Company, FieldKeys.Company), (Entity.Contact, FieldKeys.Contact), (Entity.User, FieldKeys.Salesperson)],
        };
        foreach (var (entity, key) in fields)
        {
            if (record.Reference(key) is { } id)
            {
                yield return (entity, id);
            }
        }

        foreach (var line in LineItem.Read(record.Fields[FieldKeys.LineItems]))
        {
            if (ConnectWiseId.TryParse(line.Solution) is { } solution)
            {
                yield return (Entity.Solution, solution);
            }
        }
    }
}
