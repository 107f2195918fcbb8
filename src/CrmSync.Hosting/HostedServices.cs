using CrmSync.Api;
using CrmSync.Api.Endpoints;
using CrmSync.Core.Ports;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Import;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Hosting;

/// <summary>Registers what every host has: the tenants' systems, the steps of all runs, and the API.</summary>
public static class HostedServices
{
    /// <summary>
    /// Registers them. The host registers the stores, its <see cref="IWorkflowHost"/> and its <see cref="IHostCrm"/>; the clock and the makers of keys
    /// and run ids may be registered before.
    /// </summary>
    public static IServiceCollection AddCrmSync(this IServiceCollection services)
    {
        services.AddSingleton<TenantCrms>();
        services.AddSingleton<ICrmBrowser, TenantBrowser>();
        services.AddSingleton<ISystems, TenantSystems>();
        services.AddSingleton(MakeCatalog);
        return services.AddCrmSyncApi();
    }

    private static StepCatalog MakeCatalog(IServiceProvider provider)
    {
        var catalog = new StepCatalog();
        catalog.AddImport(new ImportServices(
            provider.GetRequiredService<ISystems>(), provider.GetRequiredService<ISetupStore>(), provider.GetRequiredService<ILinkStore>(),
            provider.GetRequiredService<IRunStore>(), provider.GetRequiredService<IBackupStore>(), provider.GetRequiredService<TimeProvider>()));
        return catalog;
    }
}
