using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core.Access;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>A key to make.</summary>
/// <param name="Name">What it is for.</param>
public sealed record NewKey(string Name);

/// <summary>The keys of a tenant (AX-1).</summary>
public static class KeyEndpoints
{
    /// <summary>GET /tenants/{tenant}/keys: oldest first, without their texts.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, [FromServices] AccessService access, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(access);
        var list = $"keys|{tenant}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var keys = await access.ListKeysAsync(new TenantId(tenant), cancellation).ConfigureAwait(false);
        return Answers.Ok(Answers.PageOf(keys, PlaceOf, descending: false, after, size, list));
    }

    /// <summary>POST /tenants/{tenant}/keys: 201 with the key, whose text is shown this once.</summary>
    public static async Task<IResult> IssueAsync(string tenant, HttpRequest request, [FromServices] AccessService access, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(request);
        var body = await JsonBody.ReadAsync<NewKey>(request).ConfigureAwait(false);
        if (body.Refused is { } refused)
        {
            return refused;
        }

        var issued = await access.IssueKeyAsync(new TenantId(tenant), body.Value!.Name, cancellation).ConfigureAwait(false);
        if (!issued.Succeeded)
        {
            return ApiProblems.Of(issued.Refusal);
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return new CreatedResult<IssuedKey>($"/api/tenants/{tenant}/keys/{issued.Value.Id}", issued.Value);
    }

    /// <summary>DELETE /tenants/{tenant}/keys/{id}: 204; the key opens nothing from then on.</summary>
    public static async Task<IResult> RemoveAsync(string tenant, string id, [FromServices] AccessService access, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(access);
        var removed = await access.RemoveKeyAsync(new TenantId(tenant), id, cancellation).ConfigureAwait(false);
        return removed.Succeeded ? TypedResults.NoContent() : ApiProblems.Of(removed.Refusal);
    }

    private static string PlaceOf(KeySummary key) =>
        $"{key.CreatedAt.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)}|{key.Id}";
}
