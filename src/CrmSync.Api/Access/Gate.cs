using CrmSync.Api.Problems;
using CrmSync.Core.Access;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Api.Access;

/// <summary>Who may use a route.</summary>
public enum Audience
{
    /// <summary>Everyone, without a key.</summary>
    Everyone,

    /// <summary>Operators, and the tenant that the address names.</summary>
    Tenant,

    /// <summary>Operators only.</summary>
    Operator,
}

/// <summary>Lets a call in or refuses it (AX-1). Every host asks it before it calls a handler.</summary>
public static class Gate
{
    /// <summary>The header that Azure Functions' own clients send a key in.</summary>
    public const string FunctionsKeyHeader = "x-functions-key";

    private const string BearerPrefix = "Bearer ";

    /// <summary>
    /// The answer that refuses the call; null where it may go on. A tenant that does not exist and one that the key does not open get
    /// the very same answer, and a route for operators does not tell a tenant's key more than that.
    /// </summary>
    /// <param name="http">The call.</param>
    /// <param name="access">The keys.</param>
    /// <param name="audience">Who may use the route.</param>
    /// <param name="tenant">The tenant in the address; null for routes without one.</param>
    public static async ValueTask<ProblemResult?> RefuseAsync(HttpContext http, AccessService access, Audience audience, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(access);
        if (audience == Audience.Everyone)
        {
            return null;
        }

        var key = KeyOf(http.Request);
        if (await access.IdentifyAsync(key, http.RequestAborted).ConfigureAwait(false) is not { } principal)
        {
            return ApiProblems.Unauthorized(given: key is not null);
        }

        if (tenant is not null
            && (!TenantId.IsValid(tenant) || !principal.Opens(new TenantId(tenant))
                || await access.FindTenantAsync(new TenantId(tenant), http.RequestAborted).ConfigureAwait(false) is null))
        {
            return ApiProblems.TenantUnknown();
        }

        return audience == Audience.Operator && !principal.IsOperator ? ApiProblems.OperatorOnly() : null;
    }

    private static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return authorization[BearerPrefix.Length..].Trim();
        }

        var header = request.Headers[FunctionsKeyHeader].ToString();
        return header.Length == 0 ? null : header;
    }
}

/// <summary>Asks the gate before a mapped handler runs.</summary>
internal sealed class GateFilter(Audience audience) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var access = http.RequestServices.GetRequiredService<AccessService>();
        var refused = await Gate.RefuseAsync(http, access, audience, http.Request.RouteValues["tenant"] as string).ConfigureAwait(false);
        return refused is null ? await next(context).ConfigureAwait(false) : refused;
    }
}
