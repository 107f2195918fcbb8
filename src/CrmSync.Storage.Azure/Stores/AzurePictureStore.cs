using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Tables;

namespace CrmSync.Storage.Azure;

/// <summary>Pictures in blobs by their content, as they are: {tenant}/{hash}, with their media type.</summary>
public sealed class AzurePictureStore : IPictureStore
{
    private readonly BlobContainerClient _container;

    internal AzurePictureStore(BlobContainerClient container) => _container = container;

    /// <inheritdoc />
    public async Task WriteAsync(TenantId tenant, Picture picture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = picture.ContentType },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await BlobOf(tenant, picture.Hash).UploadAsync(BinaryData.FromBytes(picture.Content), options, cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // It is there already, or this write was done when its answer was lost: the same content either way.
        }
    }

    /// <inheritdoc />
    public async Task<Picture?> ReadAsync(TenantId tenant, string hash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(hash);
        try
        {
            BlobDownloadResult blob = await BlobOf(tenant, hash).DownloadContentAsync(cancellation).ConfigureAwait(false);
            return new Picture(hash, blob.Details.ContentType, blob.Content.ToMemory());
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private BlobClient BlobOf(TenantId tenant, string hash) => _container.GetBlobClient($"{tenant}/{KeyText.Encode(hash)}");
}
