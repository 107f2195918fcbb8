using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CrmSync.Core;

namespace CrmSync.Storage.Azure.Blobs;

/// <summary>Contents as blobs of one gzip member each.</summary>
internal static class GzippedBlobs
{
    private const string ContentType = "application/gzip";

    /// <summary>Writes a content; false where there is a blob that is not to be overwritten.</summary>
    public static async Task<bool> WriteGzippedAsync(
        this BlobClient blob, ReadOnlyMemory<byte> content, bool overwrite, CancellationToken cancellation, IDictionary<string, string>? metadata = null)
    {
        using var compressed = await Task.Run(() => Gzip.Compress(content.Span), cancellation).ConfigureAwait(false);
        using var stream = compressed.OpenWritten();
        try
        {
            await blob.UploadAsync(
                stream,
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = ContentType },
                    Metadata = metadata,
                    Conditions = overwrite ? null : new BlobRequestConditions { IfNoneMatch = ETag.All },
                },
                cancellation).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (!overwrite && e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>The content of a blob, which is the caller's to dispose; null for none.</summary>
    public static async Task<PooledBuffer?> ReadGzippedAsync(this BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            using BlobDownloadStreamingResult download = await blob.DownloadStreamingAsync(cancellationToken: cancellation).ConfigureAwait(false);
            var length = (int)download.Details.ContentLength;
            using var compressed = new PooledBuffer(length);
            await download.Content.ReadExactlyAsync(compressed.GetMemory(length)[..length], cancellation).ConfigureAwait(false);
            compressed.Advance(length);
            return Gzip.Decompress(compressed);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
