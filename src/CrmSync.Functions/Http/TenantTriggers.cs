using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CrmSync.Functions.Http;

/// <summary>The resources of a tenant, a trigger each.</summary>
public sealed class TenantTriggers(ApiPipeline api)
{
    /// <summary>The set-up, step by step.</summary>
    [Function("setup")]
    public IResult Setup(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/setup/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Members and their invitations.</summary>
    [Function("users")]
    public IResult Users(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/users/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Imports.</summary>
    [Function("imports")]
    public IResult Imports(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/imports/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Employees: settings, syncs, invitations.</summary>
    [Function("employees")]
    public IResult Employees(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/employees/{*rest}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Runs and their logs.</summary>
    [Function("runs")]
    public IResult Runs(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/runs/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>What dry runs would do.</summary>
    [Function("plans")]
    public IResult Plans(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/plans/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Records as they stood before a run.</summary>
    [Function("backups")]
    public IResult Backups(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/backups/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>Why a record is, or is not, in the CRM.</summary>
    [Function("records")]
    public IResult Records(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/records/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>The lasting pairs.</summary>
    [Function("links")]
    public IResult Links(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/links/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);

    /// <summary>The CRM's records.</summary>
    [Function("crm")]
    public IResult Crm(
        [HttpTrigger(AuthorizationLevel.Function, Route = "tenants/{tenant}/crm/{*rest}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        api.Answer(client);
}
