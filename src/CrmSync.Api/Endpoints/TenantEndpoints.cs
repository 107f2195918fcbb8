using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core.Access;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>A tenant to add.</summary>
/// <param name="Id">Its id: 1 to 40 lower-case letters, digits and hyphens.</param>
/// <param name="Name">Its name, for people.</param>
public sealed record NewTenant(string Id, string Name);

/// <summary>The tenants.</summary>
public static class TenantEndpoints
{
    /// <summary>GET /tenants: all of them, in the order of their ids.</summary>
    public static async Task<IResult> ListAsync([FromServices] AccessService access, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(access);
        const string List = "tenants";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, List);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var tenants = await access.ListTenantsAsync(cancellation).ConfigureAwait(false);
        return Answers.Ok(Answers.PageOf(tenants, tenant => tenant.Id.Value, descending: false, after, size, List));
    }

    /// <summary>POST /tenants: 201 with the tenant.</summary>
    public static async Task<IResult> AddAsync(HttpRequest request, [FromServices] AccessService access, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(access);
        var body = await JsonBody.ReadAsync<NewTenant>(request).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var added = await access.AddTenantAsync(body.Value!.Id, body.Value.Name, cancellation).ConfigureAwait(false);
        return added.Succeeded ? new CreatedResult<Tenant>($"/api/tenants/{added.Value.Id}", added.Value) : ApiProblems.Of(added.Refusal);
    }

    /// <summary>GET /tenants/{tenant}.</summary>
    public static async Task<IResult> GetAsync(string tenant, [FromServices] AccessService access, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(access);
        var found = await access.FindTenantAsync(new TenantId(tenant), cancellation).ConfigureAwait(false);
        return found is null ? ApiProblems.TenantUnknown() : Answers.Ok(found);
    }
}
