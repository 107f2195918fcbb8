using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Crm.BuiltIn;
using CrmSync.Hosting;
using CrmSync.Standalone.Hosting;
using CrmSync.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.EndToEnd.Support;

/// <summary>Where a test listens in an engine.</summary>
internal sealed record EngineTaps
{
    /// <summary>Around every effect of a workflow.</summary>
    public Action<WorkflowEffect>? Effect { get; init; }

    /// <summary>Around every call to the CRM, the links and the backups.</summary>
    public Func<PortCall, Task>? Port { get; init; }
}

/// <summary>
/// The product as its standalone host puts it together, over a data directory, without the web server: what a test needs that ends it at any
/// moment and looks into its stores afterwards.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly SqliteDatabase _database;

    private Engine(ServiceProvider services, SqliteDatabase database) => (_services, _database) = (services, database);

    public SqliteWorkflowHost Workflows => Get<SqliteWorkflowHost>();

    public static async Task<Engine> OpenAsync(string directory, EngineTaps? taps = null)
    {
        var database = await SqliteDatabase.OpenAsync(Path.Combine(directory, "crmsync.db"));
        var stores = await SqliteStores.OpenAsync(database, Path.Combine(directory, "keys"), TimeProvider.System);
        var services = new ServiceCollection();
        services.AddLogging();
        StandaloneServices.Add(services, stores, TimeProvider.System);
        services.AddSingleton(new WorkflowHostOptions { RetryDelays = [TimeSpan.Zero, TimeSpan.Zero], Observer = taps?.Effect });
        services.AddSingleton<TenantSystems>();
        services.AddSingleton<ISystems>(provider => provider.GetRequiredService<TenantSystems>());
        if (taps?.Port is { } listener)
        {
            services.AddSingleton<ISystems>(provider => new TappedSystems(provider.GetRequiredService<TenantSystems>(), listener));
            services.AddSingleton(PortTap<ILinkStore>.Before(stores.Links, listener));
            services.AddSingleton(PortTap<IBackupStore>.Before(stores.Backups, listener));
        }

        return new Engine(services.BuildServiceProvider(), database);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts an import, as the API does.</summary>
    public async Task<RunId> StartAsync(TenantId tenant, Entity? stage = null)
    {
        var started = await Get<ImportService>().StartAsync(tenant, new ImportRequest(stage), CancellationToken.None);
        return started.Succeeded ? started.Value.Id : throw new InvalidOperationException(started.Refusal.Message);
    }

    /// <summary>Waits until the run's workflow is no longer at work here, and answers its record.</summary>
    public async Task<Run> WhenEndedAsync(TenantId tenant, RunId run)
    {
        await Workflows.WhenEndedAsync(tenant, run);
        return (await Get<IRunStore>().FindAsync(tenant, run, CancellationToken.None))!;
    }

    /// <summary>What the import of a tenant has come to.</summary>
    public async Task<FinalState> StateAsync(TenantId tenant, Run run)
    {
        var crm = await CrmExport.ReadAsync(Get<BuiltInCrmFactory>(), tenant);
        return new FinalState(crm.Meaning(), await LinkExport.MeaningAsync(Get<ILinkStore>(), tenant, crm), FinalState.Counts(run), crm);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class TappedSystems(TenantSystems systems, Func<PortCall, Task> listener) : ISystems
    {
        public Task<IConnectWise> ConnectWiseAsync(TenantId tenant, CancellationToken cancellation) => systems.ConnectWiseAsync(tenant, cancellation);

        public IConnectWise ConnectWise(Core.Setup.ConnectionSettings connection, string privateKey) => systems.ConnectWise(connection, privateKey);

        public Task<ConnectionCheck> TestCrmAsync(Core.Setup.CrmSettings crm, string token, CancellationToken cancellation) =>
            systems.TestCrmAsync(crm, token, cancellation);

        public Task<IDirectory> DirectoryAsync(TenantId tenant, CancellationToken cancellation) => systems.DirectoryAsync(tenant, cancellation);

        public IDirectory OpenDirectory(TenantId tenant, Core.Employees.DirectorySettings settings, string? token) =>
            systems.OpenDirectory(tenant, settings, token);

        public async Task<ICrm> CrmAsync(TenantId tenant, CancellationToken cancellation) =>
            PortTap<ICrm>.Before(await systems.CrmAsync(tenant, cancellation), listener);
    }
}
