using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CrmSync.Functions.Http;

/// <summary>The routes that need no tenant.</summary>
public sealed class ServiceTriggers(ApiPipeline api)
{
    /// <summary>Whether the app lives, and whether it is ready: for anybody.</summary>
    [Function("health")]
    public IResult Health(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "health/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Pictures under their signed addresses: for whoever has one.</summary>
    [Function("pictures")]
    public IResult Pictures(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "pictures/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>The API's description.</summary>
    [Function("openapi")]
    public IResult OpenApi([HttpTrigger(AuthorizationLevel.Function, Route = "openapi.json")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>The tenants and their keys.</summary>
    [Function("tenants")]
    public IResult Tenants(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant?}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>The keys of a tenant.</summary>
    [Function("keys")]
    public IResult Keys(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/keys/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);
}
