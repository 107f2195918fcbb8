using CrmSync.ConnectWise;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Import;
using CrmSync.Crm.BuiltIn;
using CrmSync.Simulator;
using CrmSync.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Storage.Azure.Tests.Imports;

/// <summary>The product's import between a simulated ConnectWise and the built-in CRM, with all its own data in Azure's storage.</summary>
internal sealed class ImportWorld : ISystems, IAsyncDisposable
{
    private const string Key = "SimulatorPrivate";
    private readonly SimulatorServer _simulator;
    private readonly SqliteDatabase _database;
    private readonly ConnectWiseClient _connectWise;
    private readonly BuiltInCrmFactory _crms;
    private readonly AzureStores _stores;
    private readonly string _folder;
    private int _runs;

    private ImportWorld(SimulatorServer simulator, SqliteDatabase database, AzureStores stores, string folder)
    {
        (_simulator, _database, _stores, _folder) = (simulator, database, stores, folder);
        _crms = new BuiltInCrmFactory(database, TimeProvider.System);
        _connectWise = (ConnectWiseClient)ConnectWise(
            new ConnectionSettings { Site = Form.Site!, Company = Form.Company!, PublicKey = Form.PublicKey!, ClientId = Form.ClientId! }, Key);
    }

    public static TenantId Tenant { get; } = new("acme");

    private ConnectionForm Form => new()
    {
        Site = _simulator.BaseAddress.ToString().TrimEnd('/'),
        Company = _simulator.Options.CompanyId,
        PublicKey = _simulator.Options.PublicKey,
        PrivateKey = Key,
        ClientId = "5f0d4a3e-7c1b-4e7a-9d5e-3b8f2a6c1d90",
    };

    public static async Task<ImportWorld> OpenAsync(SimulatorOptions options, AzureStores stores)
    {
        var folder = Directory.CreateTempSubdirectory("crmsync-").FullName;
        var database = await SqliteDatabase.OpenAsync(Path.Combine(folder, "crm.db"));
        await SqliteStores.OpenAsync(database, Path.Combine(folder, "keys"), TimeProvider.System);
        var world = new ImportWorld(await SimulatorServer.StartAsync(options), database, stores, folder);
        await world.SetUpAsync();
        return world;
    }

    /// <summary>An import of everything, to its end.</summary>
    public async Task<Run> ImportAsync()
    {
        var run = new Run
        {
            Id = new RunId($"run-{++_runs:D4}"),
            Tenant = Tenant,
            Kind = RunKind.Import,
            Stages = Stages.All,
            StartedAt = TimeProvider.System.GetUtcNow(),
        };
        Assert.Null(await _stores.Runs.TryBeginAsync(run, default));
        var catalog = new StepCatalog();
        catalog.AddImport(new ImportServices(this, _stores.Setups, _stores.Links, _stores.Runs, _stores.Backups, TimeProvider.System));
        await DirectWorkflow.RunAsync(new DirectWorkflow(catalog, Tenant, run.Id), new ImportInput(run.Stages, DryRun: false));
        return (await _stores.Runs.FindAsync(Tenant, run.Id, default))!;
    }

    public Task<IConnectWise> ConnectWiseAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<IConnectWise>(_connectWise);

    public IConnectWise ConnectWise(ConnectionSettings connection, string privateKey) => new ConnectWiseClient(
        new ConnectWiseConnection
        {
            Site = connection.Site,
            CompanyId = connection.Company,
            PublicKey = connection.PublicKey,
            PrivateKey = privateKey,
            ClientId = Guid.Parse(connection.ClientId),
        },
        TimeProvider.System,
        NullLogger<ConnectWiseClient>.Instance);

    public Task<ConnectionCheck> TestCrmAsync(CrmSettings crm, string token, CancellationToken cancellation) =>
        throw new InvalidOperationException("These imports have the built-in CRM only.");

    public Task<IDirectory> DirectoryAsync(TenantId tenant, CancellationToken cancellation) =>
        throw new InvalidOperationException("These imports have no directory.");

    public IDirectory OpenDirectory(TenantId tenant, Core.Employees.DirectorySettings settings, string? token) =>
        throw new InvalidOperationException("These imports have no directory.");

    public Task<ICrm> CrmAsync(TenantId tenant, CancellationToken cancellation) => Task.FromResult<ICrm>(_crms.For(tenant));

    public async ValueTask DisposeAsync()
    {
        _connectWise.Dispose();
        await _simulator.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Everything that the account has comes in.
    private async Task SetUpAsync()
    {
        var setup = new SetupService(_stores.Setups, _stores.Secrets, this, _stores.Links);
        Done(await setup.SaveAsync(Tenant, Form, default));
        Done(await setup.SaveAsync(Tenant, new UsersSettings { Types = await TypesAsync(Entity.User, "Salesperson") }, default));
        var members = await _connectWise.ReadMembersAsync(default);
        Done(await setup.InviteAsync(Tenant, [.. members.Where(member => !member.Inactive).Select(member => member.Id)], default));
        var companies = await TypesAsync(Entity.Company, "Client");
        Done(await setup.SaveAsync(
            Tenant, new CompaniesSettings { Types = [.. companies.Select(type => new CompanyTypeMapping(type.ConnectWise, type.Crm, "Clients"))] }, default));
        Done(await setup.SaveAsync(Tenant, new ContactsSettings { Types = await TypesAsync(Entity.Contact, "End user") }, default));
        var items = await _connectWise.ReadChoicesAsync(Entity.Solution, default);
        Done(await setup.SaveAsync(Tenant, new SolutionsSettings
        {
            Combinations =
            [
                .. from type in items.Types
                   from category in items.Categories
                   from cycle in items.BillingCycles.Select(cycle => (long?)cycle.Id).Append(null)
                   select new SolutionMapping(type.Id, category.Id, cycle, "Other"),
            ],
        }, default));
        var activities = await _connectWise.ReadChoicesAsync(Entity.Activity, default);
        Done(await setup.SaveAsync(
            Tenant, new ActivitiesSettings { Types = [.. activities.Types.Select(type => new ActivityMapping(type.Id, ActivityKind.Call))] }, default));
        Done(await setup.SaveAsync(Tenant, new OpportunitiesSettings
        {
            Types = await TypesAsync(Entity.Opportunity, "Project"),
            Stages = [new StageMapping(null, null, "Sales", "Qualification")],
        }, default));
    }

    private async Task<IReadOnlyList<TypeMapping>> TypesAsync(Entity entity, string crm)
    {
        var types = (await _connectWise.ReadChoicesAsync(entity, default)).Types;
        return [.. types.Select(type => new TypeMapping(type.Id, crm)), .. entity == Entity.User ? Array.Empty<TypeMapping>() : [new TypeMapping(null, crm)]];
    }

    private static void Done<T>(Result<T> result) => Assert.True(result.Succeeded, result.Refusal?.Message);
}
