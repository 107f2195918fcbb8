using CrmSync.Core.Ports;
using CrmSync.Core.Workflows;
using CrmSync.Functions.Http;
using CrmSync.Functions.Workflows;
using CrmSync.Hosting;
using CrmSync.Storage.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Functions.Hosting;

/// <summary>Puts the parts together: which implementation stands behind which port.</summary>
internal static class FunctionsServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<OpenedStorage>();
        services.AddSingleton(StoresOf);
        services.AddSingleton<ITenantStore>(provider => StoresOf(provider).Tenants);
        services.AddSingleton<ISetupStore>(provider => StoresOf(provider).Setups);
        services.AddSingleton(provider => StoresOf(provider).Secrets);
        services.AddSingleton<ILinkStore>(provider => StoresOf(provider).Links);
        services.AddSingleton<IBackupStore>(provider => StoresOf(provider).Backups);
        services.AddSingleton<IInvitationStore>(provider => StoresOf(provider).Invitations);
        services.AddSingleton<IPictureStore>(provider => StoresOf(provider).Pictures);
        services.AddSingleton<IRunStore>(provider => new ProgressingRunStore(StoresOf(provider).Runs, provider.GetRequiredService<DurableClients>()));
        services.AddSingleton<DurableClients>();
        services.AddSingleton<IWorkflowHost, DurableWorkflowHost>();
        services.AddSingleton<IHostCrm, NoHostCrm>();
        services.AddSingleton<IHostDirectory, NoHostDirectory>();
        services.AddSingleton(PublicAddressSetting.Read(configuration));
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton<CloseActivity>();
        services.AddCrmSync(scalesOut: true);
    }

    private static AzureStores StoresOf(IServiceProvider provider) => provider.GetRequiredService<OpenedStorage>().Stores;
}
