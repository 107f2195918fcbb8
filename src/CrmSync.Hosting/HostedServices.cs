using CrmSync.Api;
using CrmSync.Api.Endpoints;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Employees;
using CrmSync.Core.Workflows.Import;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmSync.Hosting;

/// <summary>Registers what every host has: the tenants' systems, the steps of all runs, and the API.</summary>
public static class HostedServices
{
    /// <summary>
    /// Registers them. The host registers the stores, its <see cref="IWorkflowHost"/>, its <see cref="IHostCrm"/>, its <see cref="IHostDirectory"/> and a
    /// <see cref="IDirectoryFactory"/> for each kind of directory; the clock, the makers of keys and run ids and the host's public address may be registered before.
    /// </summary>
    public static IServiceCollection AddCrmSync(this IServiceCollection services)
    {
        services.AddSingleton<TenantCrms>();
        services.AddSingleton<ICrmBrowser, TenantBrowser>();
        services.AddSingleton<ISystems, TenantSystems>();
        services.AddSingleton(MakeCatalog);
        AddEmployees(services);
        return services.AddCrmSyncApi();
    }

    // What a host has registered before stays.
    private static void AddEmployees(IServiceCollection services)
    {
        services.AddSingleton<TenantDirectories>();
        services.TryAddSingleton<MissingParts>();
        services.TryAddSingleton<IHostDirectory>(provider => provider.GetRequiredService<MissingParts>());
        services.TryAddSingleton<IInvitationStore>(provider => provider.GetRequiredService<MissingParts>());
        services.TryAddSingleton<IInvitationSender>(provider => provider.GetRequiredService<MissingParts>());
        services.TryAddSingleton<IPictureStore>(provider => provider.GetRequiredService<MissingParts>());
        services.AddSingleton(provider => new EmployeeServices(
            provider.GetRequiredService<ISystems>(), provider.GetRequiredService<ISetupStore>(), provider.GetRequiredService<ISecretStore>(),
            provider.GetRequiredService<ILinkStore>(), provider.GetRequiredService<IRunStore>(), provider.GetRequiredService<IBackupStore>(),
            new InvitationParts(
                provider.GetRequiredService<IInvitationStore>(), provider.GetRequiredService<IInvitationSender>(), provider.GetRequiredService<Func<string>>()),
            new PictureParts(provider.GetRequiredService<IPictureStore>(), provider.GetRequiredService<PictureAddresses>()),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static StepCatalog MakeCatalog(IServiceProvider provider)
    {
        var catalog = new StepCatalog();
        catalog.AddImport(new ImportServices(
            provider.GetRequiredService<ISystems>(), provider.GetRequiredService<ISetupStore>(), provider.GetRequiredService<ILinkStore>(),
            provider.GetRequiredService<IRunStore>(), provider.GetRequiredService<IBackupStore>(), provider.GetRequiredService<TimeProvider>()));
        catalog.AddEmployees(provider.GetRequiredService<EmployeeServices>());
        return catalog;
    }
}
