using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Microsoft.AspNetCore.DataProtection;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Secrets in SQLite, encrypted by the framework's data protection, whose keys lie in a folder of their own that only its owner can read. A secret is
/// bound to its tenant and name: moved to another row it cannot be opened.
/// <para>
/// The environment comes first: <c>CRMSYNC_SECRET_{TENANT}_{NAME}</c>, in upper case, where a hyphen of the tenant's id is written as two underscores
/// (so that no two tenants share a variable) and one of the name as one: <c>CRMSYNC_SECRET_ACME_CONNECTWISE_PRIVATE_KEY</c>.
/// </para>
/// </summary>
public sealed class SqliteSecretStore : ISecretStore
{
    private const string Upsert =
        "INSERT INTO secrets (tenant, name, value) VALUES ($1, $2, $3) ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value";

    private const string Select = "SELECT value FROM secrets WHERE tenant = $1 AND name = $2";

    private readonly SqliteDatabase _database;
    private readonly string _keyDirectory;
    private readonly Func<string, string?> _environment;
    private readonly IDataProtectionProvider _protection;

    /// <summary>Makes the store.</summary>
    /// <param name="database">The database.</param>
    /// <param name="keyDirectory">Where the keys lie; made where it is missing. Without it the stored secrets cannot be read.</param>
    /// <param name="environment">Reads an environment variable; the process's own unless given.</param>
    public SqliteSecretStore(SqliteDatabase database, string keyDirectory, Func<string, string?>? environment = null)
    {
        (_database, _keyDirectory, _environment) = (database, keyDirectory, environment ?? Environment.GetEnvironmentVariable);
        PrivateFiles.CreateDirectory(keyDirectory);
        _protection = DataProtectionProvider.Create(new DirectoryInfo(keyDirectory), builder => builder.SetApplicationName("CrmSync"));
    }

    /// <summary>The environment variable that stands before a stored secret.</summary>
    public static string VariableOf(TenantId tenant, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (tenantPart, namePart) = (tenant.Value.Replace("-", "__", StringComparison.Ordinal), name.Replace('-', '_'));
        return $"CRMSYNC_SECRET_{tenantPart}_{namePart}".ToUpperInvariant();
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The name is not made of lower-case letters, digits and single hyphens between them.</exception>
    public Task WriteAsync(TenantId tenant, string name, string value, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(value);
        Check(name);
        var encrypted = ProtectorOf(tenant, name).Protect(Encoding.UTF8.GetBytes(value));
        PrivateFiles.Restrict(_keyDirectory);
        return _database.WriteAsync(connection => connection.Execute(Upsert, StoredKeys.Make(connection, tenant), name, encrypted), cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="StorageException">The secret was encrypted with a key that is no longer there ("secret-unreadable").</exception>
    public async Task<string?> ReadAsync(TenantId tenant, string name, CancellationToken cancellation)
    {
        Check(name);
        if (_environment(VariableOf(tenant, name)) is { Length: > 0 } given)
        {
            return given;
        }

        var encrypted = await _database.ReadAsync(connection => StoredKeys.Find(connection, tenant) is { } key
            ? connection.First(Select, row => row.GetFieldValue<byte[]>(0), key, name)
            : null, cancellation).ConfigureAwait(false);
        try
        {
            return encrypted is null ? null : Encoding.UTF8.GetString(ProtectorOf(tenant, name).Unprotect(encrypted));
        }
        catch (CryptographicException e)
        {
            throw new StorageException("secret-unreadable", $"The secret \"{name}\" of the tenant {tenant} cannot be decrypted.",
                $"Enter it again, or bring back the folder \"{_keyDirectory}\" that it was encrypted with.", e);
        }
    }

    // Purposes are part of the encryption.
    private IDataProtector ProtectorOf(TenantId tenant, string name) => _protection.CreateProtector("CrmSync.Secrets", tenant.Value, name);

    private static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name[0] == '-' || name[^1] == '-' || name.Contains("--", StringComparison.Ordinal)
            || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException("A secret's name is lower-case letters, digits and single hyphens between them.", nameof(name));
        }
    }
}
