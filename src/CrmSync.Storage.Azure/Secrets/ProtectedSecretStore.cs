using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Storage.Azure.Secrets;
using CrmSync.Storage.Azure.Tables;
using Microsoft.AspNetCore.DataProtection;

namespace CrmSync.Storage.Azure;

/// <summary>
/// Secrets in a table, encrypted by the framework's data protection, whose keys lie in a folder on this machine: for local use with Azurite. A secret is
/// bound to its tenant and name: moved to another row it cannot be opened.
/// </summary>
public sealed class ProtectedSecretStore : ISecretStore
{
    private const string ValueColumn = "Value";

    private readonly TableClient _table;
    private readonly string _keyDirectory;
    private readonly IDataProtectionProvider _protection;

    internal ProtectedSecretStore(TableClient table, string keyDirectory)
    {
        (_table, _keyDirectory) = (table, keyDirectory);
        var directory = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(keyDirectory)
            : Directory.CreateDirectory(keyDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _protection = DataProtectionProvider.Create(directory, builder => builder.SetApplicationName("CrmSync"));
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The name is not made of lower-case letters, digits and single hyphens between them.</exception>
    public Task WriteAsync(TenantId tenant, string name, string value, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(value);
        SecretNames.Check(name);
        var encrypted = ProtectorOf(tenant, name).Protect(Encoding.UTF8.GetBytes(value));
        var row = new TableEntity(tenant.Value, name) { [ValueColumn] = encrypted };
        return _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="AzureStorageException">The secret was encrypted with a key that is no longer there ("secret-unreadable").</exception>
    public async Task<string?> ReadAsync(TenantId tenant, string name, CancellationToken cancellation)
    {
        SecretNames.Check(name);
        var row = await _table.FindAsync(new RowAddress(KeyText.Encode(tenant.Value), name), cancellation).ConfigureAwait(false);
        try
        {
            return row is null ? null : Encoding.UTF8.GetString(ProtectorOf(tenant, name).Unprotect(row.GetBinary(ValueColumn)));
        }
        catch (CryptographicException e)
        {
            throw new AzureStorageException("secret-unreadable", $"The secret \"{name}\" of the tenant {tenant} cannot be decrypted.",
                $"Enter it again, or bring back the folder \"{_keyDirectory}\" that it was encrypted with.", e);
        }
    }

    // Purposes are part of the encryption.
    private IDataProtector ProtectorOf(TenantId tenant, string name) => _protection.CreateProtector("CrmSync.Secrets", tenant.Value, name);
}
