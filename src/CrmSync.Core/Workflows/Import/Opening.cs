using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Begins a run and lays each stage out in slices.</summary>
internal sealed class Opening(ImportServices services)
{
    // Ids lie evenly, but not exactly so: a page is asked for a little less than it holds, or many slices would end with a request for a few records.
    private const double Fill = 0.985;

    // Before the reading and after it.
    private const int Counts = 2;

    // The lowest id and the highest.
    private const int Bounds = 2;

    // About the most of a stage, however large the account: each is a handful of steps, and a step costs a host more than a page.
    private const int MostSlices = 34;

    // Slices of one page would need a second request too often; only a stage's last ones are so short.
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

        var pagesPerSlice = PagesPerSlice(count, connectWise.PageSize);
        if (await LastReadingAsync(context, input.Stage).ConfigureAwait(false) is { } last)
        {
            var (pages, total) = await FromMapAsync(context, last, input.Stage, connectWise.PageSize).ConfigureAwait(false);
            if (total > 0 && Math.Abs(total - count) <= count * GrowthThatMakesAMapStale)
            {
                return Opened(pages, total, 0);
            }
        }

        if (count <= connectWise.PageSize * pagesPerSlice)
        {
            return Opened([0], count, 0);
        }

        var bounds = await connectWise.BoundsAsync(input.Stage, context.Cancellation).ConfigureAwait(false);
        return Opened(Even(count, connectWise.PageSize * Fill, bounds?.After ?? 0, bounds?.UpTo ?? 0), null, Bounds);

        OpenedStage Opened(List<long> pages, long? total, int more)
        {
            var slices = Slices(pages, pagesPerSlice, connectWise.Concurrency);
            if (total is > 0)
            {
                slices[^1] = slices[^1] with { Expected = total - (connectWise.PageSize * pages.IndexOf(slices[^1].Range.After)) };
            }

            return new(input.Stage, count, slices, Counts + more + RequestsFor(input.Stage, count, slices.Count, connectWise), seconds);
        }
    }

    internal static int PagesPerSlice(long count, int pageSize) => Math.Max(FewestPages, (int)Math.Ceiling((double)count / pageSize / MostSlices));

    // The pages of a slice are read one after another. None is longer than an equal share of what is left, so that the last ones are short and end together.
    internal static List<SliceRange> Slices(List<long> pages, int most, int atOnce)
    {
        var slices = new List<SliceRange>();
        for (int from = 0, to; from < pages.Count; from = to)
        {
            to = from + Math.Min(most, (pages.Count - from + atOnce - 1) / atOnce);
            slices.Add(new SliceRange(new IdRange(pages[from], to == pages.Count ? null : pages[to]), null));
        }

        return slices;
    }

    // A page for every thousand, but at least one a slice; lines and notes as if all opportunities were new.
    private static long RequestsFor(Entity stage, long count, int slices, IConnectWise connectWise) =>
        Math.Max(slices, (count + connectWise.PageSize - 1) / connectWise.PageSize)
        + (stage == Entity.Opportunity ? (long)Math.Ceiling(count * connectWise.RequestsPerOpportunity) : 0);

    // After which id each page begins. The first reading knows only how many there are, where they begin and where they end: ids lie about evenly.
    private static List<long> Even(long count, double size, long after, long upTo)
    {
        var pages = (long)Math.Ceiling(count / size);
        return [0, .. Enumerable.Range(1, (int)pages - 1).Select(i => after + ((upTo - after) * i / pages)).Where(id => id > 0).Distinct()];
    }

    // A later reading knows every id of the one before: whole pages, so that none goes out half full. Where a page ends that no other follows is left open.
    private async Task<(List<long> Pages, long Total)> FromMapAsync(StepContext context, RunId run, Entity stage, int size)
    {
        var (pages, total, before) = (new List<long>(), 0L, 0L);
        foreach (var part in await services.Runs.ListPartsAsync(context.Tenant, run, PartKind.ReadingMap, context.Cancellation).ConfigureAwait(false))
        {
            if (part.Stage != stage)
            {
                continue;
            }

            using var map = await services.Runs.ReadPartAsync(context.Tenant, run, part, context.Cancellation).ConfigureAwait(false);
            foreach (var id in ReadingMapPart.Read(map?.Memory ?? ReadOnlyMemory<byte>.Empty))
            {
                if (total % size == 0)
                {
                    pages.Add(before);
                }

                (total, before) = (total + 1, id);
            }
        }

        return (pages, total);
    }

    private async Task<RunId?> LastReadingAsync(StepContext context, Entity stage)
    {
        var runs = await services.Runs.ListAsync(context.Tenant, context.Run, 20, context.Cancellation).ConfigureAwait(false);
        return runs.FirstOrDefault(run => run.Kind == RunKind.Import && run.State == RunState.Completed && run.Stages.Contains(stage))?.Id;
    }
}
