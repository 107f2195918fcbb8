using System.Text.RegularExpressions;
using Azure.Core.Pipeline;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Where the product's data lies in Azure. In the cloud by <see cref="AccountName"/> (or both endpoints) and <see cref="KeyVault"/>, with the managed
/// identity of the host; with Azurite by <see cref="ConnectionString"/> and <see cref="KeyDirectory"/>.
/// </summary>
public sealed partial record AzureStorageOptions
{
    /// <summary>The connection string of Azurite. For an account in the cloud a managed identity is used instead.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The storage account's name; its endpoints follow from it.</summary>
    public string? AccountName { get; init; }

    /// <summary>The account's endpoint for tables, where it does not follow from its name (sovereign clouds, private endpoints).</summary>
    public Uri? TableEndpoint { get; init; }

    /// <summary>The account's endpoint for blobs, where it does not follow from its name.</summary>
    public Uri? BlobEndpoint { get; init; }

    /// <summary>The client id of a user-assigned managed identity; null for the system-assigned one, or a developer's own log-in.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The Key Vault that holds the tenants' secrets.</summary>
    public Uri? KeyVault { get; init; }

    /// <summary>For local use without a Key Vault: the folder of the keys that encrypt the secrets in the table.</summary>
    public string? KeyDirectory { get; init; }

    /// <summary>What the names of all tables and containers begin with: 3 to 20 lower-case letters and digits, a letter first. "crmsync" unless set.</summary>
    public string Prefix { get; init; } = "crmsync";

    /// <summary>How long a secret read from the Key Vault is used before it is read again: a rotated one is in use after that. 5 minutes unless set.</summary>
    public TimeSpan SecretLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a request that failed in transport or with 408, 429 or 5xx is repeated. 5 unless set.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>How long one try of a request may take. 30 seconds unless set.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Policies that see every try of a request: for tests that count requests and lose answers.</summary>
    internal IReadOnlyList<HttpPipelinePolicy> Policies { get; init; } = [];

    /// <summary>The endpoint for tables; null with a connection string.</summary>
    internal Uri? Tables => TableEndpoint ?? EndpointOf("table");

    /// <summary>The endpoint for blobs; null with a connection string.</summary>
    internal Uri? Blobs => BlobEndpoint ?? EndpointOf("blob");

    /// <summary>Checks that the options name one place for the data and one for the secrets.</summary>
    /// <exception cref="AzureStorageException">They do not ("storage-options"); the message names the option.</exception>
    public void Validate()
    {
        var named = AccountName is not null || TableEndpoint is not null || BlobEndpoint is not null;
        Require(ConnectionString is not null || named, "No storage account is set.", "Set AccountName, or ConnectionString for Azurite.");
        Require(ConnectionString is null || !named, "ConnectionString stands beside AccountName or an endpoint.", "Keep one of them.");
        Require(ConnectionString is not null || (Tables is not null && Blobs is not null), "Only one of TableEndpoint and BlobEndpoint is set.",
            "Set both, or AccountName alone.");
        Require(AccountName is null || AccountNames().IsMatch(AccountName), "AccountName is no storage account's name.",
            "Give 3 to 24 lower-case letters and digits, without a domain.");
        Require(PrefixNames().IsMatch(Prefix), "Prefix cannot begin the names of tables and containers.",
            "Give 3 to 20 lower-case letters and digits, a letter first.");
        Require(KeyVault is not null || KeyDirectory is not null, "No place for secrets is set.", "Set KeyVault, or KeyDirectory for local use.");
        Require(KeyVault is null || KeyDirectory is null, "KeyVault stands beside KeyDirectory.", "Keep one of them.");
        Require(KeyVault is null || KeyVault is { IsAbsoluteUri: true, Scheme: "https" }, "KeyVault is no vault's address.",
            "Give it as https://<name>.vault.azure.net.");
        Require(SecretLifetime >= TimeSpan.Zero && SecretLifetime <= TimeSpan.FromDays(1), "SecretLifetime is out of bounds.", "Give 0 seconds to 1 day.");
        Require(MaxRetries is >= 0 and <= 20, "MaxRetries is out of bounds.", "Give 0 to 20.");
        Require(NetworkTimeout >= TimeSpan.FromSeconds(1) && NetworkTimeout <= TimeSpan.FromMinutes(10), "NetworkTimeout is out of bounds.",
            "Give 1 second to 10 minutes.");
    }

    /// <summary>The account and the prefix: a connection string holds a key, and stays out of every log.</summary>
    public override string ToString() => $"{AccountName ?? Tables?.Host ?? "connection string"}/{Prefix}";

    private Uri? EndpointOf(string service) => AccountName is null ? null : new Uri($"https://{AccountName}.{service}.core.windows.net");

    private static void Require(bool holds, string message, string remedy)
    {
        if (!holds)
        {
            throw new AzureStorageException("storage-options", message, remedy);
        }
    }

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountNames();

    [GeneratedRegex("^[a-z][a-z0-9]{2,19}$")]
    private static partial Regex PrefixNames();
}
