using CrmSync.Api;
using CrmSync.Core.Access;
using CrmSync.Crm.BuiltIn;
using CrmSync.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CrmSync.Standalone.Hosting;

/// <summary>
/// The whole product in one process: the API on Kestrel, the workflow runner and every store over one SQLite file in a data directory. Runs that were
/// interrupted go on when it starts; when it stops, they are left where they are.
/// </summary>
internal sealed class StandaloneHost : IAsyncDisposable
{
    internal const string DatabaseName = "crmsync.db";
    internal const string KeyDirectoryName = "keys";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly DataDirectoryLock _lock;
    private readonly SqliteDatabase _database;
    private readonly SqliteWorkflowHost _workflows;
    private readonly WebApplication _web;

    private StandaloneHost(DataDirectoryLock held, SqliteDatabase database, SqliteWorkflowHost workflows, WebApplication web, string? operatorKey)
    {
        (_lock, _database, _workflows, _web, OperatorKey) = (held, database, workflows, web, operatorKey);
        BaseAddress = new Uri(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>The address it answers at.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The operator's key; null where only others know one.</summary>
    public string? OperatorKey { get; }

    /// <summary>The built-in CRM, for those who fill it with examples.</summary>
    public BuiltInCrmFactory Crms => _web.Services.GetRequiredService<BuiltInCrmFactory>();

    /// <summary>Starts it.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process uses the data directory.</exception>
    /// <exception cref="StorageException">The data file cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StandaloneHost> StartAsync(StandaloneOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var directory = Path.GetFullPath(options.DataDirectory);
        var acquired = DataDirectoryLock.TryAcquire(directory);
        var held = acquired.Lock ?? throw new DataDirectoryInUseException(directory, acquired.Holder);
        SqliteDatabase? database = null;
        try
        {
            database = await SqliteDatabase.OpenAsync(Path.Combine(directory, DatabaseName), cancellation: cancellation);
            return await StartAsync(options, directory, held, database, cancellation);
        }
        catch
        {
            await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
            held.Dispose();
            throw;
        }
    }

    /// <summary>Stops within seconds: no more requests, runs left where they are, the file closed.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _web.StopAsync(patience.Token);
        }
        finally
        {
            await _workflows.DisposeAsync();
            await _web.DisposeAsync();
            await _database.DisposeAsync();
            _lock.Dispose();
        }
    }

    private static async Task<StandaloneHost> StartAsync(
        StandaloneOptions options, string directory, DataDirectoryLock held, SqliteDatabase database, CancellationToken cancellation)
    {
        var stores = await SqliteStores.OpenAsync(database, Path.Combine(directory, KeyDirectoryName), options.Time, cancellation);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders().AddProvider(options.Log).SetMinimumLevel(options.Log.Least).AddFilter("Microsoft", LogLevel.Error);
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        StandaloneServices.Add(builder.Services, stores, options.Time);
        if (options.ResumesRuns)
        {
            // A process that is there for one command only starts no work of its own.
            builder.Services.AddHostedService<DailyEmployees>();
        }

        var web = builder.Build();
        try
        {
            web.MapCrmSync();
            var key = await Hosting.OperatorKey.EnsureAsync(
                directory, options.OperatorKey, stores.Tenants, web.Services.GetRequiredService<AccessService>(), options.Time, cancellation);
            var workflows = web.Services.GetRequiredService<SqliteWorkflowHost>();
            await web.StartAsync(cancellation);
            var host = new StandaloneHost(held, database, workflows, web, key);
            held.Publish(host.BaseAddress.ToString());
            if (options.ResumesRuns)
            {
                await workflows.ResumeAllAsync(cancellation);
            }

            return host;
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }
}
