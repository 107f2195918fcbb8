using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using CrmSync.Api.Endpoints;
using CrmSync.Api.OpenApi;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Access;
using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmSync.Api;

/// <summary>Registers what the API's routes need.</summary>
public static class CrmSyncServices
{
    private const int KeyBytes = 32;
    private const int RunBytes = 5;

    /// <summary>
    /// Registers the services of Core that the routes call, the problem documents for everything under "/api", and the description.
    /// The host registers the ports (tenants, set-up, secrets, links, runs, backups, systems, workflows, invitations, their sender, pictures) and an
    /// <see cref="ICrmBrowser"/>. The clock, the makers of keys and of run ids may be registered before; those stay.
    /// </summary>
    public static IServiceCollection AddCrmSyncApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Func<string>>(NewKey);
        services.TryAddSingleton<Func<DateTimeOffset, RunId>>(NewRunId);
        services.TryAddSingleton<AccessService>();
        services.TryAddSingleton<SetupService>();
        services.TryAddSingleton<ImportService>();
        services.TryAddSingleton<RunCanceller>();
        services.TryAddSingleton<RecordLog>();
        services.TryAddSingleton<Explainer>();
        services.TryAddSingleton(new PublicAddress(null));
        services.TryAddSingleton<PictureAddresses>();
        services.TryAddSingleton<EmployeeSetup>();
        services.TryAddSingleton<EmployeeSyncService>();
        services.TryAddSingleton<EmployeeSchedule>();
        services.TryAddSingleton<EmployeeExplainer>();
        services.TryAddSingleton<InvitationService>();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, ProblemStartupFilter>());
        services.ConfigureHttpJsonOptions(json => CoreJson.Apply(json.SerializerOptions));
        services.AddOpenApi(OpenApiEndpoints.DocumentName, DocumentDescription.Configure);
        return services;
    }

    private static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    // The time first, so that ids sort by it; chance after, so that two hosts never meet.
    private static RunId NewRunId(DateTimeOffset startedAt) => new(string.Concat(
        startedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture), "-",
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RunBytes))));
}
