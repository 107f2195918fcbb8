using CrmSync.Api.Endpoints;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.EndToEnd.Support;

namespace CrmSync.EndToEnd.Accounting;

/// <summary>A seeded account, imported whole once. Its tests only look.</summary>
public sealed class ImportedAccount : IAsyncLifetime
{
    /// <summary>The tests that share it.</summary>
    public const string Name = "An imported account";

    private const int Seed = 417;

    internal World World { get; private set; } = null!;

    internal Run Run { get; private set; } = null!;

    internal IReadOnlyDictionary<(Entity Entity, long Id), RecordLogEntry> Log { get; private set; } = null!;

    internal IReadOnlyDictionary<(Entity Entity, long Id), CrmId> Links { get; private set; } = null!;

    internal CrmExport Crm { get; private set; } = null!;

    internal Rulebook Rules { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        World = await World.ReadyAsync(Accounts.Whole(Seed));
        Run = await World.ImportAsync();
        Assert.Equal(RunState.Completed, Run.State);
        Log = await World.LogOfAsync(Run);
        Crm = await World.ExportAsync();
        Links = await LinksAsync(World);
        Rules = new Rulebook(World.ConnectWise.Account, (entity, id) => Links.ContainsKey((entity, id)));
    }

    public async Task DisposeAsync() => await World.DisposeAsync();

    /// <summary>The log's lines of a stage.</summary>
    internal IEnumerable<RecordLogEntry> Of(Entity stage) => Log.Values.Where(entry => entry.Entity == stage);

    /// <summary>The lines of a stage whose records the run brought in.</summary>
    internal IEnumerable<(RecordLogEntry Line, CrmEntry Record)> BroughtIn(Entity stage) => Of(stage)
        .Where(line => line.Outcome is Outcome.Created or Outcome.Linked).Select(line => (line, Crm.Find(stage, line.Crm!.Value)!));

    internal static async Task<IReadOnlyDictionary<(Entity, long), CrmId>> LinksAsync(World world)
    {
        var links = new Dictionary<(Entity, long), CrmId>();
        foreach (var entity in Enum.GetValues<Entity>())
        {
            long? after = 0;
            while (after is { } start)
            {
                var page = await world.Api.GetAsync<LinkPage>(
                    FormattableString.Invariant($"api/tenants/{World.Id}/links/{Stages.NameOf(entity)}?limit=1000&after={start}"), CancellationToken.None);
                foreach (var link in page.Items)
                {
                    links.Add((entity, link.ConnectWise.Value), link.Crm);
                }

                after = page.After?.Value;
            }
        }

        return links;
    }
}

/// <summary>One import serves all who only look at it.</summary>
[CollectionDefinition(ImportedAccount.Name)]
public sealed class ImportedAccountSharing : ICollectionFixture<ImportedAccount>;
