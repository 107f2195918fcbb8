using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using CrmSync.Functions.Workflows;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Functions.Hosting;

/// <summary>Traces, metrics and logs, to Application Insights where its connection string is set.</summary>
internal static class Telemetry
{
    private const string ConnectionSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AuthenticationSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
            .WithTracing(tracing => tracing.AddSource(Measures.Name))
            .WithMetrics(metrics => metrics.AddMeter(Measures.Name));
        if (!string.IsNullOrWhiteSpace(configuration[ConnectionSetting]))
        {
            telemetry.UseAzureMonitorExporter(exporter => exporter.Credential = CredentialOf(configuration[AuthenticationSetting]));
        }
    }

    /// <summary>
    /// The identity that sends, by the setting that the Functions host goes by for its own telemetry: "Authorization=AAD", with "ClientId=…" for a
    /// user-assigned one. The exporter does not read it itself, and an Application Insights without local authentication refuses what comes without. Null
    /// for the connection string alone.
    /// </summary>
    internal static TokenCredential? CredentialOf(string? authentication)
    {
        var parts = (authentication ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        if (!parts["Authorization"].Contains("AAD", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        return new ManagedIdentityCredential(parts["ClientId"].FirstOrDefault() is { Length: > 0 } id
            ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
    }
}
