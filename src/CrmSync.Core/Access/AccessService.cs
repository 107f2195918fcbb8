using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Access;

/// <summary>
/// The tenants and the keys that open them (AX-1). A key is kept as its SHA-256 only and found by that hash, so that no comparison
/// of its text can tell by its time how much of it was right.
/// </summary>
/// <param name="tenants">Where they are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="newKey">Makes the random part of a key: at least 128 bits, in characters that stand in a header.</param>
public sealed class AccessService(ITenantStore tenants, TimeProvider time, Func<string> newKey)
{
    /// <summary>What every key begins with, so that scanners for leaked secrets find it.</summary>
    public const string Prefix = "crmsync_";

    private const int LongestName = 100;
    private const int LongestKey = 256;
    private const int IdLength = 16;

    /// <summary>Who a key speaks for; null where it opens nothing.</summary>
    public async Task<Principal?> IdentifyAsync(string? key, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(key) || key.Length > LongestKey)
        {
            return null;
        }

        var found = await tenants.FindKeyAsync(HashOf(key), cancellation).ConfigureAwait(false);
        return found is null ? null : new Principal(found.Tenant, found.Id);
    }

    /// <summary>Adds a tenant. Refused: "tenant-id-invalid", "name-invalid", "tenant-exists".</summary>
    public async Task<Result<Tenant>> AddTenantAsync(string id, string name, CancellationToken cancellation)
    {
        if (!TenantId.IsValid(id))
        {
            return new Refusal(RefusalKind.Invalid, "tenant-id-invalid", "The tenant's id is not usable in an address.",
                "Give 1 to 40 lower-case letters, digits and hyphens that do not begin with a hyphen.")
            { Field = "/id" };
        }

        if (RefuseName(name) is { } refusal)
        {
            return refusal;
        }

        var tenant = new Tenant(new TenantId(id), name.Trim(), time.GetUtcNow());
        return await tenants.TryAddAsync(tenant, cancellation).ConfigureAwait(false)
            ? tenant
            : new Refusal(RefusalKind.Conflict, "tenant-exists", $"There is a tenant \"{id}\" already.", "Choose another id, or use the one that is there.") { Field = "/id" };
    }

    /// <summary>One tenant; null for none.</summary>
    public Task<Tenant?> FindTenantAsync(TenantId tenant, CancellationToken cancellation) => tenants.FindAsync(tenant, cancellation);

    /// <summary>All tenants in the order of their ids.</summary>
    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken cancellation) => tenants.ListAsync(cancellation);

    /// <summary>Makes a key for a tenant, or an operator's for null. Refused: "name-invalid", "tenant-unknown".</summary>
    public async Task<Result<IssuedKey>> IssueKeyAsync(TenantId? tenant, string name, CancellationToken cancellation)
    {
        if (RefuseName(name) is { } refusal)
        {
            return refusal;
        }

        if (tenant is { } one && await tenants.FindAsync(one, cancellation).ConfigureAwait(false) is null)
        {
            return new Refusal(RefusalKind.NotFound, "tenant-unknown", $"There is no tenant \"{one}\".", "See the list of tenants.");
        }

        var text = Prefix + newKey();
        var hash = HashOf(text);
        var key = new AccessKey(hash[..IdLength], hash, tenant, name.Trim(), time.GetUtcNow());
        await tenants.AddKeyAsync(key, cancellation).ConfigureAwait(false);
        return new IssuedKey(key.Id, key.Name, key.CreatedAt, text);
    }

    /// <summary>The keys of a tenant, or the operators' for null, oldest first.</summary>
    public async Task<IReadOnlyList<KeySummary>> ListKeysAsync(TenantId? tenant, CancellationToken cancellation) =>
        [.. (await tenants.ListKeysAsync(tenant, cancellation).ConfigureAwait(false)).Select(key => new KeySummary(key.Id, key.Name, key.CreatedAt))];

    /// <summary>Makes a key of an operator's own choice known: one of the host's settings, before anything is served. Repeating changes nothing.</summary>
    /// <param name="tenants">Where keys are kept.</param>
    /// <param name="key">Its text.</param>
    /// <param name="name">What lists call it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task AdmitOperatorAsync(ITenantStore tenants, string key, string name, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tenants);
        ArgumentNullException.ThrowIfNull(time);
        var hash = HashOf(key);
        if (await tenants.FindKeyAsync(hash, cancellation).ConfigureAwait(false) is null)
        {
            await tenants.AddKeyAsync(new AccessKey(hash[..IdLength], hash, null, name, time.GetUtcNow()), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Removes a key, which opens nothing from then on. Refused: "key-unknown".</summary>
    public async Task<Result<string>> RemoveKeyAsync(TenantId? tenant, string id, CancellationToken cancellation) =>
        await tenants.RemoveKeyAsync(tenant, id, cancellation).ConfigureAwait(false)
            ? id
            : new Refusal(RefusalKind.NotFound, "key-unknown", "There is no such key.", "See the list of keys.");

    private static Refusal? RefuseName(string? name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName
        ? new Refusal(RefusalKind.Invalid, "name-invalid", $"The name is blank or longer than {LongestName} characters.", "Give a short name, for people.") { Field = "/name" }
        : null;

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
