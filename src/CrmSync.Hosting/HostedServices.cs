using System.Security.Cryptography;
using CrmSync.Api;
using CrmSync.Api.Endpoints;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Employees;
using CrmSync.Core.Workflows.Import;
using CrmSync.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Hosting;

/// <summary>How a host works.</summary>
/// <param name="ScalesOut">Whether other instances of it work for the same tenants.</param>
public sealed record HostTraits(bool ScalesOut);

/// <summary>Registers what every host has: the tenants' systems, the steps of all runs, and the API.</summary>
public static class HostedServices
{
    /// <summary>
    /// Registers them. The host registers the stores, its <see cref="IWorkflowHost"/>, its <see cref="IHostCrm"/> and its <see cref="IHostDirectory"/>; the
    /// clock, the makers of keys and run ids and the host's public address may be registered before.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="scalesOut">Whether other instances of the host work for the same tenants.</param>
    public static IServiceCollection AddCrmSync(this IServiceCollection services, bool scalesOut)
    {
        services.AddSingleton<TenantCrms>();
        services.AddSingleton<ICrmBrowser, TenantBrowser>();
        services.AddSingleton(new HostTraits(scalesOut));
        services.AddSingleton<ISystems, TenantSystems>();
        services.AddSingleton(MakeCatalog);
        AddEmployees(services);
        return services.AddCrmSyncApi();
    }

    private static void AddEmployees(IServiceCollection services)
    {
        services.AddSingleton<TenantDirectories>();
        services.AddSingleton<IDirectoryFactory, ScimDirectories>();
        services.AddSingleton<IInvitationSender>(provider =>
            new SmtpInvitationSender(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SmtpInvitationSender>>()));
        services.AddSingleton(provider => new EmployeeServices(
            provider.GetRequiredService<ISystems>(), provider.GetRequiredService<ISetupStore>(), provider.GetRequiredService<ISecretStore>(),
            provider.GetRequiredService<ILinkStore>(), provider.GetRequiredService<IRunStore>(), provider.GetRequiredService<IBackupStore>(),
            new InvitationParts(provider.GetRequiredService<IInvitationStore>(), provider.GetRequiredService<IInvitationSender>(), NewToken),
            new PictureParts(provider.GetRequiredService<IPictureStore>(), provider.GetRequiredService<PictureAddresses>()),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static InvitationToken NewToken() => InvitationToken.Make(RandomNumberGenerator.GetBytes(InvitationToken.Length));

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
