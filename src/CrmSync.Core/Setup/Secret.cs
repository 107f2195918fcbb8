using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>A secret on its way. No record, so that nothing prints it.</summary>
internal sealed class Secret(string value, bool given)
{
    public static Secret None { get; } = new(string.Empty, given: false);

    public string Value { get; } = value;

    /// <summary>Whether it was just given; false where it is the stored one.</summary>
    public bool Given { get; } = given;

    /// <summary>The given secret, or the stored one where it is for the very same account or address; null where there is neither.</summary>
    public static async Task<Secret?> TakeAsync(
        ISecretStore secrets, TenantId tenant, string name, string? given, bool storedIsForIt, CancellationToken cancellation) =>
        given is not null ? new Secret(given.Trim(), given: true)
        : storedIsForIt && await secrets.ReadAsync(tenant, name, cancellation).ConfigureAwait(false) is { } stored ? new Secret(stored, given: false)
        : null;

    /// <summary>
    /// Keeps those that were given and then the settings. Keeping the secrets first means that an old one can never be sent to a new address;
    /// where the settings are refused, those that were there before are put back.
    /// </summary>
    public static async Task<bool> SaveAsync(
        ISecretStore secrets, TenantId tenant, IEnumerable<(string Name, Secret Secret)> all, Func<Task<bool>> saveSettings, CancellationToken cancellation)
    {
        var before = new List<(string Name, string Value)>();
        foreach (var (name, secret) in all.Where(secret => secret.Secret.Given))
        {
            if (await secrets.ReadAsync(tenant, name, cancellation).ConfigureAwait(false) is { } old)
            {
                before.Add((name, old));
            }

            await secrets.WriteAsync(tenant, name, secret.Value, cancellation).ConfigureAwait(false);
        }

        var saved = await saveSettings().ConfigureAwait(false);
        foreach (var (name, old) in saved ? [] : before)
        {
            await secrets.WriteAsync(tenant, name, old, CancellationToken.None).ConfigureAwait(false);
        }

        return saved;
    }
}
