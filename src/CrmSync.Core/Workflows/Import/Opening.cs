using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Begins a run and lays each stage out in slices.</summary>
internal sealed class Opening(ImportServices services)
{
    // Ids lie evenly, but not exactly so: a slice is made for a little less than whole pages, or many would end with a request for a few records.
    private const double Fill = 0.985;

    // Before the reading and after it.
    private const int Counts = 2;

    // The lowest id and the highest.
    private const int Bounds = 2;

    // About the most of a stage, however large the account: each is a handful of steps, and a step costs a host more than a page.
    private const int MostSlices = 40;

    // A slice of one page would need a second request too often.
    private const int FewestPages = 2;

    // A reading this old account has outgrown tells little about where its records lie now.
    private const double GrowthThatMakesAMapStale = 0.1;

    public async Task<Begun> BeginAsync(StepContext context)
    {
        var setup = await services.Setups.ReadAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var crm = await services.Systems.CrmAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var usage = connectWise.Usage;
        await services.Runs.WriteValueAsync(context, ImportServices.SettingsPart, new RunSettings(setup)).ConfigureAwait(false);
        return new Begun(usage, crm.Capabilities.WriteConcurrency, connectWise.PageSize, connectWise.Concurrency, connectWise.Readings);
    }

    public async Task<OpenedStage> OpenAsync(StepContext context, StageInput input)
    {
        var connectWise = await services.Systems.ConnectWiseAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var asked = services.Time.GetTimestamp();
        var count = await connectWise.CountAsync(input.Stage, context.Cancellation).ConfigureAwait(false);
        var seconds = services.Time.GetElapsedTime(asked).TotalSeconds;
        if (input.Stage == Entity.Company)
        {
            // Once, and not by the first few steps that read companies at the same time.
            await services.InactiveStatusesAsync(context).ConfigureAwait(false);
        }

        var size = connectWise.PageSize * PagesPerSlice(count, connectWise.PageSize);
        if (await LastReadingAsync(context, input.Stage).ConfigureAwait(false) is { } last)
        {
            var known = await FromMapAsync(context, last, input.Stage, size).ConfigureAwait(false);
            if (Math.Abs(known.Total - count) <= count * GrowthThatMakesAMapStale)
            {
                return Opened(known.Slices, 0);
            }
        }

        if (count <= size)
        {
            return Opened([new SliceRange(new IdRange(0, null), count == 0 ? null : count)], 0);
        }

        var bounds = await connectWise.BoundsAsync(input.Stage, context.Cancellation).ConfigureAwait(false);
        return Opened(Even(count, (int)(size * Fill), bounds?.After ?? 0, bounds?.UpTo ?? 0), Bounds);

        OpenedStage Opened(List<SliceRange> slices, int more) =>
            new(input.Stage, count, slices, Counts + more + RequestsFor(input.Stage, count, slices.Count, connectWise), seconds);
    }

    // The smaller the slices, the sooner a stage is read to its end once its last ones have begun.
    private static int PagesPerSlice(long count, int pageSize) => Math.Max(FewestPages, (int)Math.Ceiling((double)count / pageSize / MostSlices));

    // A page for every thousand, but at least one a slice; lines and notes as if all opportunities were new.
    private static long RequestsFor(Entity stage, long count, int slices, IConnectWise connectWise) =>
        Math.Max(slices, (count + connectWise.PageSize - 1) / connectWise.PageSize)
        + (stage == Entity.Opportunity ? (long)Math.Ceiling(count * connectWise.RequestsPerOpportunity) : 0);

    // The first reading knows only how many there are, where they begin and where they end: ids lie about evenly. The ends are open.
    private static List<SliceRange> Even(long count, int size, long after, long upTo)
    {
        var slices = (int)Math.Max(1, (count + size - 1) / size);
        var width = Math.Max(1, (upTo - after + slices - 1) / slices);
        return [.. Enumerable.Range(0, slices).Select(i => new SliceRange(
            new IdRange(i == 0 ? 0 : after + (i * width), i == slices - 1 ? null : after + ((i + 1) * width)), null))];
    }

    // A later reading knows every id of the one before: slices of whole pages, so that no page goes out half full.
    private async Task<(List<SliceRange> Slices, long Total)> FromMapAsync(StepContext context, RunId run, Entity stage, int size)
    {
        var slices = new List<SliceRange>();
        long total = 0, after = 0, inSlice = 0;
        foreach (var part in await services.Runs.ListPartsAsync(context.Tenant, run, PartKind.ReadingMap, context.Cancellation).ConfigureAwait(false))
        {
            if (part.Stage != stage)
            {
                continue;
            }

            using var map = await services.Runs.ReadPartAsync(context.Tenant, run, part, context.Cancellation).ConfigureAwait(false);
            foreach (var id in ReadingMapPart.Read(map?.Memory ?? ReadOnlyMemory<byte>.Empty))
            {
                total++;
                if (++inSlice == size)
                {
                    slices.Add(new SliceRange(new IdRange(after, id), null));
                    (after, inSlice) = (id, 0);
                }
            }
        }

        if (inSlice == 0 && slices.Count > 0)
        {
            // The last slice is full: it keeps its open end, so that nothing behind it is missed.
            slices[^1] = new SliceRange(new IdRange(slices[^1].Range.After, null), size);
        }
        else
        {
            slices.Add(new SliceRange(new IdRange(after, null), inSlice == 0 ? null : inSlice));
        }

        return (slices, total);
    }

    private async Task<RunId?> LastReadingAsync(StepContext context, Entity stage)
    {
        var runs = await services.Runs.ListAsync(context.Tenant, context.Run, 20, context.Cancellation).ConfigureAwait(false);
        return runs.FirstOrDefault(run => run.Kind == RunKind.Import && run.State == RunState.Completed && run.Stages.Contains(stage))?.Id;
    }
}
