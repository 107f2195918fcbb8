using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Observe: reads slices and keeps them as they came.</summary>
internal sealed class Observing(ImportServices services)
{
    public async Task<Observed> ObserveAsync(StepContext context, SliceInput slice)
    {
        var stage = await services.StageAsync(context, slice.Stage).ConfigureAwait(false);
        var (pages, read, last) = (0, 0L, 0L);
        var reading = stage.ConnectWise.ReadPagesAsync(slice.Stage, slice.Range, stage.Mapping.ConnectWiseFields, slice.Expected, context.Cancellation);
        await foreach (var page in reading.ConfigureAwait(false))
        {
            using var received = page;
            var number = PartNumbers.OfPage(slice.Number, pages++);
            await Task.WhenAll(
                WriteAsync(stage, PartKind.Observation, number, page.Json),
                WriteAsync(stage, PartKind.ReadingMap, number, ReadingMapPart.Write(page.Ids)),
                slice.Stage == Entity.Opportunity ? ChildrenAsync(stage, page, number) : Task.CompletedTask).ConfigureAwait(false);
            (read, last) = (read + page.Ids.Count, page.Ids[^1]);
        }

        return new Observed(slice, pages, read, last, stage.ConnectWise.Usage);
    }

    public async Task<Verified> VerifyAsync(StepContext context, VerifyInput input)
    {
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        return new Verified(await connectWise.CountAsync(input.Stage, context.Cancellation).ConfigureAwait(false), connectWise.Usage);
    }

    // Lines and notes cost requests of their own: they are read for opportunities that come in and are new or have changed.
    private async Task ChildrenAsync(StageContext stage, ConnectWisePage page, int number)
    {
        var range = new IdRange(page.Ids[0] - 1, page.Ids[^1]);
        var links = (await services.Links.ReadRangeAsync(stage.Tenant, stage.Stage, range, stage.Cancellation).ConfigureAwait(false))
            .ToDictionary(link => link.ConnectWise);
        var wanted = stage.ConnectWise.Parse(stage.Stage, page.Json, stage.Mapping.ConnectWiseFields)
            .Where(record => stage.Mapping.TypeOf(record) is not null)
            .Where(record => !links.TryGetValue(record.Id, out var link) || link.ConnectWiseUpdatedAt != record.UpdatedAt)
            .Select(record => record.Id).ToList();
        using var children = ChildrenPart.Write(wanted.Count == 0
            ? new Dictionary<ConnectWiseId, OpportunityChildren>()
            : await stage.ConnectWise.ReadOpportunityChildrenAsync(wanted, stage.Cancellation).ConfigureAwait(false));
        await WriteAsync(stage, PartKind.Children, number, children.Memory).ConfigureAwait(false);
    }

    private Task WriteAsync(StageContext stage, PartKind kind, int number, ReadOnlyMemory<byte> content) =>
        services.Runs.WritePartAsync(stage.Tenant, stage.Run, new PartName(kind, stage.Stage, number), content, stage.Cancellation);
}
