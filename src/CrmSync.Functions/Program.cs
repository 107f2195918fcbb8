using CrmSync.Functions.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
FunctionsServices.Add(builder.Services, builder.Configuration);
Telemetry.Add(builder.Services, builder.Configuration);

var host = builder.Build();
await host.Services.GetRequiredService<OpenedStorage>().OpenAsync(CancellationToken.None);
await host.RunAsync();
