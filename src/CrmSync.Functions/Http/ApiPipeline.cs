using CrmSync.Api;
using CrmSync.Functions.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace CrmSync.Functions.Http;

/// <summary>
/// The API as every host serves it: routes, gate, handlers and problem documents of <c>CrmSync.Api</c>. A trigger only hands its request over.
/// </summary>
public sealed class ApiPipeline
{
    private readonly RequestDelegate _pipeline;
    private readonly DurableClients _clients;

    /// <summary>Builds the pipeline once.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="clients">Told of the client that the host gave the trigger.</param>
    public ApiPipeline(IServiceProvider services, DurableClients clients)
    {
        _pipeline = new ApplicationBuilder(services).UseCrmSync().Build();
        _clients = clients;
    }

    /// <summary>What a trigger returns: the API's answer to its request.</summary>
    /// <param name="client">The client for the workflows that the request may start or ask about.</param>
    public IResult Answer(DurableTaskClient client) => new PipelineResult(_pipeline, _clients, client);

    private sealed class PipelineResult(RequestDelegate pipeline, DurableClients clients, DurableTaskClient client) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            clients.Use(client);

            // The trigger's own endpoint brought it here; which of the API's it is for is found anew.
            httpContext.SetEndpoint(null);
            httpContext.Request.RouteValues.Clear();
            await pipeline(httpContext).ConfigureAwait(false);
        }
    }
}
