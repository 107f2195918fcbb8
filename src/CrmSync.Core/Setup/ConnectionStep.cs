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

    /// <summary>
    /// Keeps the secrets and then the settings. Keeping the secrets first means that an old one can never be sent to a new address;
    /// where the settings are refused, those that were there before are put back.
    /// </summary>
    public async Task<bool> SaveAsync(TenantId tenant, Connection connection, Func<Task<bool>> saveSettings, CancellationToken cancellation)
    {
        var before = new List<(string Name, string Value)>();
        foreach (var (name, secret) in connection.Secrets.Where(secret => secret.Secret.Given))
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

    public async Task<bool> HasAsync(TenantId tenant, string secret, CancellationToken cancellation) =>
        await secrets.ReadAsync(tenant, secret, cancellation).ConfigureAwait(false) is not null;

    private async Task<Result<Secret>> KeyAsync(
        TenantId tenant, ConnectionForm form, ConnectionSettings settings, ConnectionSettings? saved, CancellationToken cancellation)
    {
        var same = saved is not null && SameAccount(saved, settings);
        return await SecretAsync(tenant, ConnectionSettings.PrivateKeySecret, form.PrivateKey, same, cancellation).ConfigureAwait(false) is { } key
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

        return await SecretAsync(tenant, CrmSettings.TokenSecret, form?.Token, settings == saved, cancellation).ConfigureAwait(false) is { } token
            ? token
            : new Refusal(RefusalKind.Invalid, "crm-token-missing",
                saved is null ? "The CRM's token is missing." : "The CRM's token is missing: the stored one belongs to another address.",
                "Give the token that the CRM was told to accept.")
            { Field = "/crm/token" };
    }

    private async Task<Secret?> SecretAsync(TenantId tenant, string name, string? given, bool storedIsForIt, CancellationToken cancellation) =>
        given is not null ? new Secret(given.Trim(), given: true)
        : storedIsForIt && await secrets.ReadAsync(tenant, name, cancellation).ConfigureAwait(false) is { } stored ? new Secret(stored, given: false)
        : null;

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

/// <summary>A secret on its way. No record, so that nothing prints it.</summary>
internal sealed class Secret(string value, bool given)
{
    public static Secret None { get; } = new(string.Empty, given: false);

    public string Value { get; } = value;

    /// <summary>Whether it was just given; false where it is the stored one.</summary>
    public bool Given { get; } = given;
}
