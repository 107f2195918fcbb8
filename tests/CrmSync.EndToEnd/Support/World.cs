using System.Collections.Concurrent;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Crm.BuiltIn;
using CrmSync.Simulator;
using CrmSync.Simulator.Crm;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;
using CrmSync.Standalone.Setup;
using Microsoft.Extensions.Logging;

namespace CrmSync.EndToEnd.Support;

/// <summary>A simulated ConnectWise and a server with one tenant and a CRM that knew a few records before, all over real HTTP and files.</summary>
internal sealed class World : IAsyncDisposable
{
    private World(SimulatorServer connectWise, TempFolder folder) => (ConnectWise, Folder) = (connectWise, folder);

    public static TenantId Id { get; } = new("acme");

    public SimulatorServer ConnectWise { get; }

    public TempFolder Folder { get; }

    public StringWriter Log { get; } = new();

    /// <summary>The CRM's records from before, by their keys among the seeds.</summary>
    public IReadOnlyDictionary<string, (SeededCrmRecord Seed, CrmId Id)> Seeds { get; private set; } = new Dictionary<string, (SeededCrmRecord, CrmId)>();

    public StandaloneHost Host { get; private set; } = null!;

    public ApiClient Api { get; private set; } = null!;

    public TenantClient Tenant => new(Api, Id);

    /// <summary>Starts both sides; nothing is set up.</summary>
    public static async Task<World> OpenAsync(SimulatorOptions options)
    {
        var world = new World(await SimulatorServer.StartAsync(options), new TempFolder());
        await world.StartHostAsync();
        await Tenants.EnsureAsync(world.Api, Id.Value, "Acme", CancellationToken.None);
        return world;
    }

    /// <summary>Starts both sides with the whole set-up and a seeded CRM; an empty one for no share.</summary>
    public static async Task<World> ReadyAsync(SimulatorOptions options, double seedShare = 0.1)
    {
        var world = await OpenAsync(options);
        if (seedShare > 0)
        {
            world.Seeds = await SeedAsync(world.Host.Crms, options, seedShare);
        }

        await world.SetUpAsync();
        return world;
    }

    public ConnectionForm Connection() => SimulatedConnection.Of(ConnectWise);

    public Task SetUpAsync() => SetUpAsync(Tenant, Connection());

    public static Task SetUpAsync(TenantClient tenant, ConnectionForm connection) =>
        new SetupRunner(tenant, Mapping.With(connection), _ => null).RunAsync(_ => { }, CancellationToken.None);

    /// <summary>Starts an import and waits for its end.</summary>
    public async Task<Run> ImportAsync(string? stage = null, bool dryRun = false) =>
        await FollowAsync(await Tenant.StartImportAsync(stage, dryRun, CancellationToken.None));

    public Task<Run> FollowAsync(Run run) => FollowAsync(Tenant, run.Id);

    public static async Task<Run> FollowAsync(TenantClient tenant, RunId id, TimeSpan? betweenLooks = null)
    {
        while (true)
        {
            var run = await tenant.RunAsync(id, CancellationToken.None);
            if (run.Ended)
            {
                return run;
            }

            await Task.Delay(betweenLooks ?? TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Waits until a run that has not ended has written so many records, and answers how many it has.</summary>
    public static async Task<long> WritingAsync(TenantClient tenant, RunId id, long writes)
    {
        for (; ; await Task.Delay(TimeSpan.FromMilliseconds(20)))
        {
            var run = await tenant.RunAsync(id, CancellationToken.None);
            Assert.False(run.Ended, $"The run has ended too early: {FinalState.Counts(run)}");
            if (run.Progress.Stages.Sum(stage => stage.Applied) is var written && written >= writes)
            {
                return written;
            }
        }
    }

    /// <summary>A run's whole log, by stage and id.</summary>
    public async Task<IReadOnlyDictionary<(Entity, long), RecordLogEntry>> LogOfAsync(Run run) =>
        (await PagesAsync<RecordLogEntry>($"runs/{run.Id}/records")).ToDictionary(entry => (entry.Entity, entry.Id.Value));

    public Task<IReadOnlyList<T>> PagesAsync<T>(string path) => Pages.AllAsync<T>(Api, $"api/tenants/{Id}/{path}", CancellationToken.None);

    public Task<CrmExport> ExportAsync() => CrmExport.ReadAsync(Host.Crms, Id);

    /// <summary>Ends the server; ConnectWise goes on.</summary>
    public async Task StopHostAsync()
    {
        Api.Dispose();
        await Host.DisposeAsync();
    }

    public async Task StartHostAsync()
    {
        Host = await StandaloneHost.StartAsync(new StandaloneOptions
        {
            DataDirectory = Folder.Path,
            OperatorKey = null,
            Log = new LogLines(TextWriter.Synchronized(Log), LogLevel.Debug, TimeProvider.System),
        });
        Api = new ApiClient(Host.BaseAddress, Host.OperatorKey!);
    }

    /// <summary>What the last import has come to. Ends the server for it.</summary>
    public async Task<FinalState> StateAsync(Run run)
    {
        await StopHostAsync();
        await using var engine = await Engine.OpenAsync(Folder.Path);
        return await engine.StateAsync(Id, run);
    }

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        await ConnectWise.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>Fills a CRM with what was there before ConnectWise; contacts name their company by its key among the seeds.</summary>
    public static async Task<IReadOnlyDictionary<string, (SeededCrmRecord Seed, CrmId Id)>> SeedAsync(
        BuiltInCrmFactory crms, SimulatorOptions options, double share, TenantId? tenant = null)
    {
        var seeds = new ConcurrentDictionary<string, (SeededCrmRecord Seed, CrmId Id)>(StringComparer.Ordinal);
        foreach (var kind in CrmSeed.Generate(options, share).GroupBy(record => record.Entity).ToList())
        {
            var records = kind.ToList();
            var written = await crms.EditorFor(tenant ?? Id).SeedAsync(
                records.Select(record => (Enum.Parse<Entity>(record.Entity), FieldsOf(record), record.UpdatedAt)), CancellationToken.None);
            foreach (var (record, id) in records.Zip(written))
            {
                seeds[record.Key] = (record, id);
            }
        }

        return seeds;

        FieldValues FieldsOf(SeededCrmRecord record)
        {
            var fields = new FieldValues(record.Fields.Count);
            foreach (var (key, value) in record.Fields)
            {
                fields[key] = record.Entity == nameof(Entity.Contact) && key == FieldKeys.Company ? seeds[value].Id.Value : value;
            }

            return fields;
        }
    }
}
