using CrmSync.Core.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CrmSync.Crm.Http.Server;

/// <summary>Lets a call in by its bearer token, to the CRM that the token opens.</summary>
internal sealed class TokenFilter(Func<string, IServedCrm?> opens) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var authorization = http.Request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : string.Empty;
        if (token.Length == 0 || opens(token) is not { } crm)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Unauthorized(given: token.Length > 0);
        }

        http.Features.Set(crm);
        return await next(context).ConfigureAwait(false);
    }
}

/// <summary>What the filter has found.</summary>
internal static class OpenedCrm
{
    public static IServedCrm Served(this HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IServedCrm>();
}
