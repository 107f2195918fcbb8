using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>Pictures under their signed addresses (EM-10): whoever has the address sees the picture, and nothing else.</summary>
public static class PictureEndpoints
{
    private const int HashLength = 64;

    /// <summary>GET /api/pictures/{tenant}/{hash}?signature=…: the bytes. A wrong signature and a missing picture get the very same answer.</summary>
    public static async Task<IResult> GetAsync(
        string tenant, string hash, HttpResponse response, [FromServices] PictureAddresses addresses, [FromServices] IPictureStore pictures, string? signature,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(pictures);
        response.Headers.XContentTypeOptions = "nosniff";
        if (!TenantId.IsValid(tenant) || hash is not { Length: HashLength } || !hash.All(char.IsAsciiHexDigitLower)
            || !await addresses.IsSignedAsync(new TenantId(tenant), hash, signature, cancellation).ConfigureAwait(false)
            || await pictures.ReadAsync(new TenantId(tenant), hash, cancellation).ConfigureAwait(false) is not { } picture)
        {
            return ApiProblems.Of(new Refusal(
                RefusalKind.NotFound, "picture-unknown", "There is no such picture.", "Use the address as it was given, with its signature."));
        }

        // What stands under a hash never changes.
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return TypedResults.Bytes(picture.Content, picture.ContentType);
    }
}
