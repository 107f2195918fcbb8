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

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
            .WithTracing(tracing => tracing.AddSource(Measures.Name))
            .WithMetrics(metrics => metrics.AddMeter(Measures.Name));
        if (!string.IsNullOrWhiteSpace(configuration[ConnectionSetting]))
        {
            telemetry.UseAzureMonitorExporter();
        }
    }
}
