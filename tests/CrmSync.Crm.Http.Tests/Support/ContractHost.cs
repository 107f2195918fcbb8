using CrmSync.Core.Ports;
using CrmSync.Crm.Http.Contract;
using CrmSync.Crm.Http.Tests.Specification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Crm.Http.Tests.Support;

/// <summary>
/// The reference server on a real port. Every body that passes is held against the contract's file; what does not fit fails the test at its end.
/// </summary>
internal sealed class ContractHost : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly BodyWatch _watch;

    private ContractHost(WebApplication web, BodyWatch watch) => (_web, _watch) = (web, watch);

    public Uri Address => new(_web.Urls.Single());

    public IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_web).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Starts a server.</summary>
    /// <param name="opens">The CRM that a token opens.</param>
    /// <param name="before">What stands in between, if anything.</param>
    public static async Task<ContractHost> StartAsync(Func<string, IServedCrm?> opens, Func<HttpContext, RequestDelegate, Task>? before = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        var watch = new BodyWatch(ContractFile.Load());
        if (before is not null)
        {
            web.Use(before);
        }

        web.Use(watch.InvokeAsync);
        web.MapCrmContract(opens);
        await web.StartAsync();
        return new ContractHost(web, watch);
    }

    public Uri At(string path) => new(Address, $"{ContractAddresses.Root}/{path}");

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        Assert.Empty(_watch.Problems);
    }
}
