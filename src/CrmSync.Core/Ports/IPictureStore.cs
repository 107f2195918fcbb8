using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>Pictures of employees as they were last transferred, by their content: what our signed addresses serve.</summary>
public interface IPictureStore
{
    /// <summary>Stores a picture under its hash; one that is there already stays.</summary>
    Task WriteAsync(TenantId tenant, Picture picture, CancellationToken cancellation);

    /// <summary>A picture by its hash; null for none.</summary>
    Task<Picture?> ReadAsync(TenantId tenant, string hash, CancellationToken cancellation);
}

/// <summary>A picture.</summary>
/// <param name="Hash">SHA-256 of its bytes, as lower-case hex.</param>
/// <param name="ContentType">Its media type, found in its bytes: image/png, image/jpeg, image/gif or image/webp.</param>
/// <param name="Content">Its bytes.</param>
public sealed record Picture(string Hash, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>A picture on its way to a directory.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Address">The signed address at which it is served; null where this host has no public address.</param>
public sealed record PublishedPicture(Picture Picture, Uri? Address);
