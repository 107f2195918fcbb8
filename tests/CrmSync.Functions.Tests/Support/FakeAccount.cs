using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Functions.Tests.Support;

/// <summary>The steps of an import as an account of a certain size answers them, without an account: sizes and numbers are real, records are not.</summary>
internal sealed class FakeAccount(IReadOnlyDictionary<Entity, long> sizes)
{
    private const int PageSize = 1000;
    private const int IdsOfAPage = 985;
    private const long FirstId = 90_000_000;
    private const int Concurrency = 8;

    /// <summary>A million records, most of them contacts and activities, as accounts have them.</summary>
    public static FakeAccount Million { get; } = new(new Dictionary<Entity, long>
    {
        [Entity.Company] = 150_000,
        [Entity.Contact] = 400_000,
        [Entity.Solution] = 50_000,
        [Entity.Activity] = 350_000,
        [Entity.Opportunity] = 50_000,
    });

    public static FakeAccount Few { get; } = new(Enum.GetValues<Entity>().ToDictionary(entity => entity, _ => 12_000L));

    public StepCatalog Catalog()
    {
        var catalog = new StepCatalog();
        catalog.AddWorkflow<ImportInput>(ImportWorkflow.Name, ImportWorkflow.RunAsync);
        catalog.Add(ImportSteps.Begin, (_, _) => Task.FromResult(new Begun(Usage(), 4, PageSize, Concurrency, Concurrency)));
        catalog.Add(ImportSteps.Open, (_, input) => Task.FromResult(Open(input.Stage)));
        catalog.Add(ImportSteps.Observe, (_, input) => Task.FromResult(
            new Observed(input, PagesOf(input), ReadOf(input), (input.Range.UpTo ?? 98_765_432) - 1, Usage())));
        catalog.Add(ImportSteps.Verify, (_, input) => Task.FromResult(new Verified(input.Seen, Usage())));
        catalog.Add(ImportSteps.Plan, (_, input) => Task.FromResult(
            new Planned(input, Counts(input, 400), Counts(input, 4_400), input.Claimed ? 0 : 1)));
        catalog.Add(ImportSteps.Decide, (_, _) => Task.FromResult(1));
        catalog.Add(ImportSteps.Apply, (_, input) => Task.FromResult(new Applied(Counts(input, 4_400), 4_400)));
        catalog.Add(ImportSteps.Finish, (_, _) => Task.FromResult(true));
        return catalog;
    }

    private static ConnectWiseUsage Usage() => new("0123456789abcdef0123456789abcdef", 123_456, 12, 34, 0.123456);

    private static StageCounts Counts(PartInput input, long read) => new()
    {
        Read = read,
        Created = read / 2,
        Updated = read / 4,
        Unchanged = read / 8,
        Skipped = new[] { "inactive", "type-not-mapped", "company-not-imported", "contact-not-imported", "user-not-in-crm" }
            .ToDictionary(reason => reason, _ => read / 40 + input.Slice),
    };

    // Laid out by the real opening.
    private OpenedStage Open(Entity stage)
    {
        var pages = Enumerable.Range(0, Pages(stage)).Select(page => FirstId + (page * IdsOfAPage)).ToList();
        return new OpenedStage(stage, sizes[stage], Opening.Slices(pages, Opening.PagesPerSlice(sizes[stage], PageSize), Concurrency), pages.Count, 0.2);
    }

    private int Pages(Entity stage) => (int)((sizes[stage] + IdsOfAPage - 1) / IdsOfAPage);

    private int PagesOf(SliceInput input) =>
        (int)((input.Range.UpTo ?? FirstId + (Pages(input.Stage) * IdsOfAPage)) - input.Range.After) / IdsOfAPage;

    private long ReadOf(SliceInput input) => (input.Range.UpTo ?? FirstId + sizes[input.Stage]) - input.Range.After;
}
