using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Crm.BuiltIn;
using CrmSync.Simulator;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;
using CrmSync.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CrmSync.EndToEnd.Support;

/// <summary>A CRM of its own behind the HTTP contract: the reference server over a data directory of its own.</summary>
internal sealed class ServedCrm : IAsyncDisposable
{
    private static readonly TenantId Tenant = new("crm");
    private readonly TempFolder _folder = new();
    private CrmServer? _server;

    public CrmForm Form => new() { Kind = CrmKind.Http, Address = _server!.BaseAddress.ToString(), Token = Accounts.CrmToken };

    public static async Task<ServedCrm> StartAsync(SimulatorOptions seeds, double share)
    {
        var crm = new ServedCrm();
        await using (var database = await crm.OpenAsync())
        {
            await World.SeedAsync(new BuiltInCrmFactory(database, TimeProvider.System), seeds, share, Tenant);
        }

        crm._server = await CrmServer.StartAsync(new CrmServerOptions
        {
            DataDirectory = crm._folder.Path,
            Token = Accounts.CrmToken,
            Log = new LogLines(TextWriter.Null, LogLevel.None, TimeProvider.System),
        });
        return crm;
    }

    /// <summary>All that it holds. Ends the server for it.</summary>
    public async Task<CrmExport> StopAndExportAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
        await using var database = await OpenAsync();
        return await CrmExport.ReadAsync(new BuiltInCrmFactory(database, TimeProvider.System), Tenant);
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private Task<SqliteDatabase> OpenAsync() => SqliteDatabase.OpenAsync(OpenedDataDirectory.FileOf(_folder.Path));
}
