using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn;
using CrmSync.Simulator;
using CrmSync.Simulator.Crm;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Hosting;

namespace CrmSync.Standalone.Demo;

/// <summary>What the demo plays on: a simulated ConnectWise, a server, and a CRM that has some records already.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private const string TenantName = "demo";

    private readonly StandaloneHost _host;

    private DemoStage(SimulatorServer connectWise, StandaloneHost host, ApiClient api) => (ConnectWise, _host, Api) = (connectWise, host, api);

    /// <summary>The simulated ConnectWise.</summary>
    public SimulatorServer ConnectWise { get; }

    /// <summary>The server's API, as a portal uses it.</summary>
    public ApiClient Api { get; }

    /// <summary>The demo's tenant.</summary>
    public TenantClient Tenant => new(Api, new TenantId(TenantName));

    /// <summary>The tenant's directory of employees, as its own people see and change it.</summary>
    public (BuiltInDirectoryBrowser Browser, BuiltInDirectoryEditor Editor) Directory =>
        (_host.Directories.BrowserFor(Tenant.Tenant), _host.Directories.EditorFor(Tenant.Tenant));

    /// <summary>Starts both servers and fills the CRM with what was there before ConnectWise, unless it holds something.</summary>
    public static async Task<DemoStage> OpenAsync(SimulatorOptions account, string data, int port, CommandContext context)
    {
        var cancellation = context.Interruptions.First;
        var connectWise = await SimulatorServer.StartAsync(account, cancellation);
        StandaloneHost? host = null;
        try
        {
            host = await StandaloneHost.StartAsync(
                new StandaloneOptions
                {
                    DataDirectory = data,
                    Url = FormattableString.Invariant($"http://127.0.0.1:{port}"),
                    OperatorKey = context.Environment(StandaloneOptions.OperatorKeyVariable),
                    Log = context.Log(),
                    Time = context.Time,
                },
                cancellation);
            var key = host.OperatorKey ?? throw new CommandException(
                ExitCodes.WrongInput, $"The operator's key is no longer in {OperatorKey.PathIn(data)}.", "Choose another directory with --data.");
            var stage = new DemoStage(connectWise, host, new ApiClient(host.BaseAddress, key));
            await Tenants.EnsureAsync(stage.Api, TenantName, "Demo", cancellation);
            await SeedAsync(host.Crms, account, cancellation);
            return stage;
        }
        catch
        {
            await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
            await connectWise.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _host.DisposeAsync();
        await ConnectWise.DisposeAsync();
    }

    private static async Task SeedAsync(BuiltInCrmFactory crms, SimulatorOptions account, CancellationToken cancellation)
    {
        var tenant = new TenantId(TenantName);
        if (await crms.BrowserFor(tenant).CountAsync(Entity.Company, cancellation) > 0)
        {
            return;
        }

        // Contacts name their company by its key among the seeds, so each kind is written before the next one refers to it.
        var ids = new Dictionary<string, CrmId>(StringComparer.Ordinal);
        foreach (var kind in CrmSeed.Generate(account).GroupBy(record => record.Entity).ToList())
        {
            var entity = Enum.Parse<Entity>(kind.Key);
            var offered = await crms.For(tenant).DescribeFieldsAsync(entity, cancellation);
            var known = offered.Where(field => !field.ReadOnly).Select(field => field.Key).ToHashSet();
            var records = kind.ToList();
            var written = await crms.EditorFor(tenant).SeedAsync(
                records.Select(record => (entity, FieldsOf(record, known, ids), record.UpdatedAt)), cancellation);
            foreach (var (record, id) in records.Zip(written))
            {
                ids[record.Key] = id;
            }
        }
    }

    private static FieldValues FieldsOf(SeededCrmRecord record, HashSet<string> known, Dictionary<string, CrmId> ids)
    {
        var fields = new FieldValues(record.Fields.Count);
        foreach (var (key, value) in record.Fields.Where(field => known.Contains(field.Key)))
        {
            fields[key] = record.Entity == nameof(Entity.Contact) && key == FieldKeys.Company ? ids[value].Value : value;
        }

        return fields;
    }
}
