using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CrmSync.Api.Endpoints;

/// <summary>The API's own description.</summary>
public static class OpenApiEndpoints
{
    /// <summary>The name under which the description is registered.</summary>
    public const string DocumentName = "crmsync";

    /// <summary>GET /openapi.json: OpenAPI 3.1.</summary>
    public static async Task<IResult> GetAsync([FromKeyedServices(DocumentName)] IOpenApiDocumentProvider provider, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var document = await provider.GetOpenApiDocumentAsync(cancellation).ConfigureAwait(false);
        return TypedResults.Content(
            await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellation).ConfigureAwait(false), "application/json; charset=utf-8");
    }
}
