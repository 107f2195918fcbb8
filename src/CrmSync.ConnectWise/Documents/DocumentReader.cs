using CrmSync.ConnectWise.Conditions;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Documents;

/// <summary>Downloads pictures and documents, from the configured host only and up to the configured size.</summary>
internal sealed class DocumentReader(ApiClient api)
{
    /// <summary>A document by its id; null when there is none.</summary>
    public Task<ConnectWiseDocument?> FindAsync(long id, CancellationToken cancellation) =>
        ReadAsync($"system/documents/{QueryText.Number(id)}/download", "", cancellation);

    /// <summary>A member's own picture, not the stand-in; null when there is none.</summary>
    public Task<ConnectWiseDocument?> FindMemberPhotoAsync(long member, CancellationToken cancellation) =>
        ReadAsync($"system/members/{QueryText.Number(member)}/image", "useDefaultFlag=false", cancellation);

    /// <summary>What a link of ConnectWise's points to; null when there is nothing, or the link is not one to the API.</summary>
    public Task<ConnectWiseDocument?> FindAsync(string href, CancellationToken cancellation) =>
        HrefPath.TryRead(href, out var path, out var query) ? ReadAsync(path, query, cancellation) : Task.FromResult<ConnectWiseDocument?>(null);

    private async Task<ConnectWiseDocument?> ReadAsync(string path, string query, CancellationToken cancellation)
    {
        var call = new ApiCall
        {
            Path = path,
            Query = query,
            ExpectsJson = false,
            MaxBytes = api.Connection.MaxDocumentBytes,
            Inspect = static answer => answer.ContentType.Contains("html", StringComparison.OrdinalIgnoreCase)
                ? new Rejection(ConnectWiseErrorCategory.NotConnectWise, "Expected a document, got a web page.", RetryAdvice.Once)
                : null,
        };
        var result = await api.SendAsync(call, cancellation).ConfigureAwait(false);
        if (result.Error is { Category: ConnectWiseErrorCategory.NotFound, RouteUnknown: false })
        {
            return null;
        }

        using var answer = result.OrThrow();
        return answer.Body.IsEmpty
            ? null
            : new ConnectWiseDocument(answer.Body.ToArray(), answer.ContentType.Length == 0 ? "application/octet-stream" : answer.ContentType, answer.FileName);
    }
}
