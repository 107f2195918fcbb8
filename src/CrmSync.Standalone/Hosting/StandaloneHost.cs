using CrmSync.Api;
using CrmSync.Core.Access;
using CrmSync.Crm.BuiltIn;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Standalone.Hosting;

/// <summary>
/// The whole product in one process: the API on Kestrel, the workflow runner and every store over one SQLite file in a data directory. Runs that were
/// interrupted go on when it starts; when it stops, they are left where they are.
/// </summary>
internal sealed class StandaloneHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly OpenedDataDirectory _data;
    private readonly SqliteWorkflowHost _workflows;
    private readonly WebApplication _web;

    private StandaloneHost(OpenedDataDirectory data, SqliteWorkflowHost workflows, WebApplication web, string? operatorKey) =>
        (_data, _workflows, _web, OperatorKey, BaseAddress) = (data, workflows, web, operatorKey, web.BaseAddress());

    /// <summary>The address it answers at.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The operator's key; null where only others know one.</summary>
    public string? OperatorKey { get; }

    /// <summary>The built-in CRM, for those who fill it with examples.</summary>
    public BuiltInCrmFactory Crms => _web.Services.GetRequiredService<BuiltInCrmFactory>();

    /// <summary>The built-in directory, likewise.</summary>
    public BuiltInDirectoryFactory Directories => _web.Services.GetRequiredService<BuiltInDirectoryFactory>();

    /// <summary>Starts it.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process uses the data directory.</exception>
    /// <exception cref="StorageException">The data file cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StandaloneHost> StartAsync(StandaloneOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var data = await OpenedDataDirectory.OpenAsync(options.DataDirectory, cancellation);
        try
        {
            return await StartAsync(options, data, cancellation);
        }
        catch
        {
            await data.DisposeAsync();
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
            await _data.DisposeAsync();
        }
    }

    private static async Task<StandaloneHost> StartAsync(StandaloneOptions options, OpenedDataDirectory data, CancellationToken cancellation)
    {
        var stores = await data.OpenStoresAsync(options.Time, cancellation);
        var builder = WebHosts.MakeBuilder(options.Url, options.Log);
        StandaloneServices.Add(builder.Services, stores, options.Time);
        if (options.StartsDailyRuns)
        {
            builder.Services.AddHostedService<DailyEmployees>();
        }

        var web = builder.Build();
        try
        {
            web.MapCrmSync();
            var key = await Hosting.OperatorKey.EnsureAsync(
                data.Path, options.OperatorKey, stores.Tenants, web.Services.GetRequiredService<AccessService>(), options.Time, cancellation);
            var workflows = web.Services.GetRequiredService<SqliteWorkflowHost>();
            if (options.ResumesRuns)
            {
                // Before a request or the day's sync can begin a run: one that has no workflow yet would be taken for one that never got any.
                await workflows.ResumeAllAsync(cancellation);
            }

            await web.StartAsync(cancellation);
            var host = new StandaloneHost(data, workflows, web, key);
            data.Publish(host.BaseAddress);
            return host;
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }
    }
}
