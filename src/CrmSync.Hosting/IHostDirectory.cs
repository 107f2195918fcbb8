using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Hosting;

/// <summary>The employee directory that a host has for tenants whose settings name none (<see cref="DirectoryKind.BuiltIn"/>).</summary>
public interface IHostDirectory
{
    /// <summary>A tenant's directory.</summary>
    /// <exception cref="DirectoryException">The host has none ("not-connected").</exception>
    IDirectory For(TenantId tenant);
}

/// <summary>Opens directories of one kind that answer at an address. A host registers one for each kind that it can reach.</summary>
public interface IDirectoryFactory
{
    /// <summary>The kind.</summary>
    DirectoryKind Kind { get; }

    /// <summary>A directory by its settings; nothing is sent yet. One that is <see cref="IDisposable"/> is disposed with the host.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="settings">Where and how.</param>
    /// <param name="token">The token; null where none was given.</param>
    IDirectory Open(TenantId tenant, DirectorySettings settings, string? token);
}
