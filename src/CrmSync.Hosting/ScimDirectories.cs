using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim;
using Microsoft.Extensions.Logging;

namespace CrmSync.Hosting;

/// <summary>Opens directories that speak SCIM.</summary>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class ScimDirectories(TimeProvider time, ILogger<ScimDirectory> log) : IDirectoryFactory
{
    /// <inheritdoc />
    public DirectoryKind Kind => DirectoryKind.Scim;

    /// <inheritdoc />
    /// <exception cref="DirectoryException">The settings cannot be used ("directory-settings"), or there is no token ("directory-not-connected").</exception>
    public IDirectory Open(TenantId tenant, DirectorySettings settings, string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            throw new DirectoryException(
                "directory-not-connected", "The directory's token is not known.", "Save the employee settings with the token.", retryHelps: false);
        }

        var connection = new ScimConnection { Settings = settings, Token = token };
        return connection.Problems() is [var problem, ..]
            ? throw new DirectoryException("directory-settings", problem, "Correct the employee settings.", retryHelps: false)
            : new ScimDirectory(connection, time, log);
    }
}
