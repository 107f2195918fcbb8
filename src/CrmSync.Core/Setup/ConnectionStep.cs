using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Turns a connection's form into settings and the secrets that go with them (SU-2, SU-11).</summary>
internal sealed class ConnectionStep(ISecretStore secrets)
{
    /// <summary>A complete connection, or what is missing. A stored secret goes only to the very account or address that it was stored for.</summary>
    public async Task<Result<Connection>> CompleteAsync(TenantId tenant, ConnectionForm form, ConnectionSettings? saved, CancellationToken cancellation)
    {
        if (form.Problems().ToList() is { Count: > 0 } problems)
        {
            return Refusals.Of(SetupStep.Connection, problems);
        }

        var settings = form.Settings();
        var key = await KeyAsync(tenant, form, settings, saved, cancellation).ConfigureAwait(false);
        if (!key.Succeeded)
        {
            return key.Refusal;
        }

        var token = await TokenAsync(tenant, form.Crm, settings.Crm, saved?.Crm, cancellation).ConfigureAwait(false);
        return token.Succeeded ? new Connection(settings, key.Value, token.Value) : token.Refusal;
    }

    /// <summary>Keeps the secrets and then the settings.</summary>
    public Task<bool> SaveAsync(TenantId tenant, Connection connection, Func<Task<bool>> saveSettings, CancellationToken cancellation) =>
        Secret.SaveAsync(secrets, tenant, connection.Secrets, saveSettings, cancellation);

    public async Task<bool> HasAsync(TenantId tenant, string secret, CancellationToken cancellation) =>
        await secrets.ReadAsync(tenant, secret, cancellation).ConfigureAwait(false) is not null;

    private async Task<Result<Secret>> KeyAsync(
        TenantId tenant, ConnectionForm form, ConnectionSettings settings, ConnectionSettings? saved, CancellationToken cancellation)
    {
        var same = saved is not null && SameAccount(saved, settings);
        return await Secret.TakeAsync(secrets, tenant, ConnectionSettings.PrivateKeySecret, form.PrivateKey, same, cancellation).ConfigureAwait(false) is { } key
            ? key
            : new Refusal(RefusalKind.Invalid, "private-key-missing",
                saved is null ? "The private key is missing." : "The private key is missing: the stored one belongs to another site, company or public key.",
                "Give the private key of the API member whose public key this is.")
            { Field = "/privateKey" };
    }

    private async Task<Result<Secret>> TokenAsync(
        TenantId tenant, CrmForm? form, CrmSettings? settings, CrmSettings? saved, CancellationToken cancellation)
    {
        if (settings is null)
        {
            return Secret.None;
        }

        return await Secret.TakeAsync(secrets, tenant, CrmSettings.TokenSecret, form?.Token, settings == saved, cancellation).ConfigureAwait(false) is { } token
            ? token
            : new Refusal(RefusalKind.Invalid, "crm-token-missing",
                saved is null ? "The CRM's token is missing." : "The CRM's token is missing: the stored one belongs to another address.",
                "Give the token that the CRM was told to accept.")
            { Field = "/crm/token" };
    }

    private static bool SameAccount(ConnectionSettings saved, ConnectionSettings given) =>
        string.Equals(saved.Site.TrimEnd('/'), given.Site.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
        && string.Equals(saved.Company, given.Company, StringComparison.Ordinal)
        && string.Equals(saved.PublicKey, given.PublicKey, StringComparison.Ordinal);
}

/// <summary>A complete connection. No record, so that nothing prints its secrets.</summary>
internal sealed class Connection(ConnectionSettings settings, Secret privateKey, Secret crmToken)
{
    public ConnectionSettings Settings { get; } = settings;

    public Secret PrivateKey { get; } = privateKey;

    /// <summary>Blank where the CRM is the built-in one.</summary>
    public Secret CrmToken { get; } = crmToken;

    /// <summary>Its secrets by the names under which they are kept.</summary>
    public IEnumerable<(string Name, Secret Secret)> Secrets => [(ConnectionSettings.PrivateKeySecret, PrivateKey), (CrmSettings.TokenSecret, CrmToken)];
}
