using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Observe: reads slices and keeps them as they came.</summary>
internal sealed class Observing(ImportServices services)
{
    public async Task<Observed> ObserveAsync(StepContext context, SliceInput slice)
    {
        var stage = await services.StageAsync(context, slice.Stage).ConfigureAwait(false);
        var pages = new List<ReadOnlyMemory<byte>>();
        var ids = new List<long>();
        var reading = stage.ConnectWise.ReadPagesAsync(slice.Stage, slice.Range, stage.Mapping.ConnectWiseFields, slice.Expected, context.Cancellation);
        await foreach (var page in reading.ConfigureAwait(false))
        {
            pages.Add(page.Json);
            ids.AddRange(page.Ids);
        }

        var children = slice.Stage == Entity.Opportunity
            ? await ChildrenAsync(stage, pages, slice.Range).ConfigureAwait(false) : new Dictionary<ConnectWiseId, OpportunityChildren>();
        await WriteAsync(context, slice, PartKind.Observation, new ObservationPart(pages, children).Write()).ConfigureAwait(false);
        await WriteAsync(context, slice, PartKind.ReadingMap, ReadingMapPart.Write(ids)).ConfigureAwait(false);
        return new Observed(slice, ids.Count, ids.Count == 0 ? 0 : ids[^1], stage.ConnectWise.Usage);
    }

    public async Task<Verified> VerifyAsync(StepContext context, VerifyInput input)
    {
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        return new Verified(await connectWise.CountAsync(input.Stage, context.Cancellation).ConfigureAwait(false), connectWise.Usage);
    }

    // Lines and notes cost requests of their own: they are read for opportunities that come in and are new or have changed.
    private async Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ChildrenAsync(
        StageContext stage, List<ReadOnlyMemory<byte>> pages, IdRange range)
    {
        var links = (await services.Links.ReadRangeAsync(stage.Tenant, stage.Stage, range, stage.Cancellation).ConfigureAwait(false))
            .ToDictionary(link => link.ConnectWise);
        var wanted = pages.SelectMany(page => stage.ConnectWise.Parse(stage.Stage, page, stage.Mapping.ConnectWiseFields))
            .Where(record => stage.Mapping.TypeOf(record) is not null)
            .Where(record => !links.TryGetValue(record.Id, out var link) || link.ConnectWiseUpdatedAt != record.UpdatedAt)
            .Select(record => record.Id).ToList();
        return wanted.Count == 0
            ? new Dictionary<ConnectWiseId, OpportunityChildren>()
            : await stage.ConnectWise.ReadOpportunityChildrenAsync(wanted, stage.Cancellation).ConfigureAwait(false);
    }

    private Task WriteAsync(StepContext context, SliceInput slice, PartKind kind, ReadOnlyMemory<byte> content) =>
        services.Runs.WritePartAsync(context.Tenant, context.Run, new PartName(kind, slice.Stage, slice.Number), content, context.Cancellation);
}
