using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows;
using CrmSync.Crm.BuiltIn;
using CrmSync.Hosting;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Standalone.Hosting;

/// <summary>Puts the parts together: which implementation stands behind which port.</summary>
internal static class StandaloneServices
{
    public static void Add(IServiceCollection services, SqliteStores stores, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton<IHostLifetime, OwnedLifetime>();
        services.AddSingleton<Func<string>>(RandomTexts.NewKey);
        services.AddSingleton<Func<DateTimeOffset, RunId>>(RandomTexts.NewRunId);
        services.AddSingleton<ITenantStore>(stores.Tenants);
        services.AddSingleton<ISetupStore>(stores.Setups);
        services.AddSingleton<ISecretStore>(stores.Secrets);
        services.AddSingleton<ILinkStore>(stores.Links);
        services.AddSingleton<IRunStore>(stores.Runs);
        services.AddSingleton<IBackupStore>(stores.Backups);
        services.AddSingleton<IInvitationStore>(stores.Invitations);
        services.AddSingleton<IPictureStore>(stores.Pictures);
        services.AddSingleton(new BuiltInCrmFactory(stores.Database, time));
        services.AddSingleton<IHostCrm, HostedBuiltInCrm>();
        services.AddSingleton(new BuiltInDirectoryFactory(stores.Database, time));
        services.AddSingleton<IHostDirectory, HostedBuiltInDirectory>();
        services.AddSingleton(stores.Database);
        services.AddSingleton<SqliteWorkflowHost>();
        services.AddSingleton<IWorkflowHost>(provider => provider.GetRequiredService<SqliteWorkflowHost>());
        var address = Environment.GetEnvironmentVariable(StandaloneOptions.PublicAddressVariable);
        services.AddSingleton(new PublicAddress(string.IsNullOrEmpty(address) ? null : new Uri(address.TrimEnd('/') + "/", UriKind.Absolute)));
        services.AddCrmSync(scalesOut: false);
    }
}
