using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>Where this host answers for everybody; null for nowhere.</summary>
/// <param name="Address">The address, its path ending with a slash.</param>
public sealed record PublicAddress(Uri? Address);

/// <summary>
/// The signed addresses of pictures: whoever has one sees that picture and nothing else. Signed with a secret of the tenant that is made when it is first
/// needed, so that no address can be made up, or moved to another tenant.
/// </summary>
/// <param name="secrets">Where the tenants' secrets are kept.</param>
/// <param name="newKey">Makes random texts.</param>
/// <param name="host">Where this host answers.</param>
public sealed class PictureAddresses(ISecretStore secrets, Func<string> newKey, PublicAddress host)
{
    /// <summary>The name under which a tenant's signing key is kept as a secret.</summary>
    public const string SigningSecret = "signing-key";

    private const int LongestSignature = 64;

    /// <summary>Whether there are addresses at all.</summary>
    public bool Exist => host.Address is not null;

    /// <summary>The address of a picture; null where this host has none.</summary>
    public async Task<Uri?> OfAsync(TenantId tenant, string hash, CancellationToken cancellation)
    {
        if (host.Address is null)
        {
            return null;
        }

        var signature = Base64Url.EncodeToString(await SignAsync(tenant, $"picture:{hash}", cancellation).ConfigureAwait(false));
        return new Uri(host.Address, $"api/pictures/{tenant}/{hash}?signature={signature}");
    }

    /// <summary>Whether a signature is this picture's. Takes the same time whatever is wrong with it.</summary>
    public async Task<bool> IsSignedAsync(TenantId tenant, string hash, string? signature, CancellationToken cancellation)
    {
        if (signature is not { Length: <= LongestSignature } || !Base64Url.IsValid(signature)
            || await secrets.ReadAsync(tenant, SigningSecret, cancellation).ConfigureAwait(false) is null)
        {
            return false;
        }

        var expected = await SignAsync(tenant, $"picture:{hash}", cancellation).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(expected, Base64Url.DecodeFromChars(signature));
    }

    /// <summary>A keyed digest of a text: tells whether it is the same again, and nothing else to whoever lacks the tenant's secret.</summary>
    internal async Task<string> DigestAsync(TenantId tenant, string text, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await SignAsync(tenant, $"digest:{text}", cancellation).ConfigureAwait(false));

    private async Task<byte[]> SignAsync(TenantId tenant, string text, CancellationToken cancellation)
    {
        var key = await secrets.ReadAsync(tenant, SigningSecret, cancellation).ConfigureAwait(false);
        if (key is null)
        {
            await secrets.WriteAsync(tenant, SigningSecret, newKey(), cancellation).ConfigureAwait(false);

            // Of two that made one at once, the one that is kept counts.
            key = (await secrets.ReadAsync(tenant, SigningSecret, cancellation).ConfigureAwait(false))!;
        }

        return HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{tenant}|{text}"));
    }
}
