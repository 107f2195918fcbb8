using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Turns a connection's form into settings and the key that goes with them (SU-2, SU-11).</summary>
internal sealed class ConnectionStep(ISecretStore secrets)
{
    /// <summary>A complete connection, or what is missing. The stored key goes only to the very account that it was stored for.</summary>
    public async Task<Result<Connection>> CompleteAsync(TenantId tenant, ConnectionForm form, ConnectionSettings? saved, CancellationToken cancellation)
    {
        if (form.Problems().ToList() is { Count: > 0 } problems)
        {
            return Refusals.Of(SetupStep.Connection, problems);
        }

        var settings = form.Settings();
        if (form.PrivateKey is { } given)
        {
            return new Connection(settings, given.Trim(), given: true);
        }

        var stored = saved is not null && SameAccount(saved, settings)
            ? await secrets.ReadAsync(tenant, ConnectionSettings.PrivateKeySecret, cancellation).ConfigureAwait(false)
            : null;
        return stored is not null
            ? new Connection(settings, stored, given: false)
            : new Refusal(RefusalKind.Invalid, "private-key-missing",
                saved is null ? "The private key is missing." : "The private key is missing: the stored one belongs to another site, company or public key.",
                "Give the private key of the API member whose public key this is.")
            { Field = "/privateKey" };
    }

    /// <summary>
    /// Keeps the key and then the settings. Keeping the key first means that the old key can never be sent to a new site;
    /// where the settings are refused, the key that was there before is put back.
    /// </summary>
    public async Task<bool> SaveAsync(TenantId tenant, Connection connection, Func<Task<bool>> saveSettings, CancellationToken cancellation)
    {
        if (!connection.Given)
        {
            return await saveSettings().ConfigureAwait(false);
        }

        var before = await secrets.ReadAsync(tenant, ConnectionSettings.PrivateKeySecret, cancellation).ConfigureAwait(false);
        await secrets.WriteAsync(tenant, ConnectionSettings.PrivateKeySecret, connection.PrivateKey, cancellation).ConfigureAwait(false);
        var saved = await saveSettings().ConfigureAwait(false);
        if (!saved && before is not null)
        {
            await secrets.WriteAsync(tenant, ConnectionSettings.PrivateKeySecret, before, CancellationToken.None).ConfigureAwait(false);
        }

        return saved;
    }

    public async Task<bool> HasKeyAsync(TenantId tenant, CancellationToken cancellation) =>
        await secrets.ReadAsync(tenant, ConnectionSettings.PrivateKeySecret, cancellation).ConfigureAwait(false) is not null;

    private static bool SameAccount(ConnectionSettings saved, ConnectionSettings given) =>
        string.Equals(saved.Site.TrimEnd('/'), given.Site.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        && string.Equals(saved.Company, given.Company, StringComparison.Ordinal)
        && string.Equals(saved.PublicKey, given.PublicKey, StringComparison.Ordinal);
}

/// <summary>A complete connection. No record, so that nothing prints its key.</summary>
internal sealed class Connection(ConnectionSettings settings, string privateKey, bool given)
{
    public ConnectionSettings Settings { get; } = settings;

    public string PrivateKey { get; } = privateKey;

    /// <summary>Whether the key was just given; false where it is the stored one.</summary>
    public bool Given { get; } = given;
}
