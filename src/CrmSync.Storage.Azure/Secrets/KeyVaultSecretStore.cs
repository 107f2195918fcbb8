using System.Collections.Concurrent;
using Azure;
using Azure.Security.KeyVault.Secrets;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Secrets;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Secrets in Key Vault. One that was read is used for a while without asking again; a version that somebody else stores in the vault (rotation) is in use
/// after that, without a restart. What this process writes it uses at once.
/// </summary>
public sealed class KeyVaultSecretStore : ISecretStore
{
    private readonly ConcurrentDictionary<string, Cached> _cache = new(StringComparer.Ordinal);
    private readonly SecretClient _vault;
    private readonly string _prefix;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    /// <summary>Makes the store.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="prefix">What the names of all secrets begin with: letters and digits.</param>
    /// <param name="lifetime">How long a secret is used before it is read again.</param>
    /// <param name="time">The clock.</param>
    public KeyVaultSecretStore(SecretClient vault, string prefix, TimeSpan lifetime, TimeProvider time) =>
        (_vault, _prefix, _lifetime, _time) = (vault, prefix, lifetime, time);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The name is not made of lower-case letters, digits and single hyphens between them.</exception>
    /// <exception cref="AzureStorageException">The vault refused ("vault-refused").</exception>
    public async Task WriteAsync(TenantId tenant, string name, string value, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(value);
        var inVault = NameOf(tenant, name);
        await AskAsync(() => _vault.SetSecretAsync(inVault, value, cancellation)).ConfigureAwait(false);
        Keep(inVault, value);
    }

    /// <inheritdoc />
    /// <exception cref="AzureStorageException">The vault refused ("vault-refused").</exception>
    public async Task<string?> ReadAsync(TenantId tenant, string name, CancellationToken cancellation)
    {
        var inVault = NameOf(tenant, name);
        if (_cache.TryGetValue(inVault, out var cached) && _time.GetUtcNow() < cached.Until)
        {
            return cached.Value;
        }

        try
        {
            var secret = await AskAsync(() => _vault.GetSecretAsync(inVault, cancellationToken: cancellation)).ConfigureAwait(false);
            Keep(inVault, secret.Value);
            return secret.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            _cache.TryRemove(inVault, out _);
            return null;
        }
    }

    private static async Task<KeyVaultSecret> AskAsync(Func<Task<Response<KeyVaultSecret>>> request)
    {
        try
        {
            return (await request().ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException e) when (e.Status is 401 or 403 or 409)
        {
            throw new AzureStorageException("vault-refused", $"The Key Vault refused with {e.Status} {e.ErrorCode}.", e.Status == 409
                ? "A deleted secret of that name is kept: recover or purge it."
                : "Give the app's identity the role \"Key Vault Secrets Officer\", and see the vault's network rules.", e);
        }
    }

    private void Keep(string name, string value) => _cache[name] = new Cached(value, _time.GetUtcNow() + _lifetime);

    private string NameOf(TenantId tenant, string name)
    {
        SecretNames.Check(name);
        return SecretNames.InVault(_prefix, tenant, name);
    }

    // No record: nothing prints what it holds.
    private sealed class Cached(string value, DateTimeOffset until)
    {
        public string Value { get; } = value;

        public DateTimeOffset Until { get; } = until;
    }
}
