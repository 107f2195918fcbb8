using System.Collections.Concurrent;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Employees;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>Opens the built-in directory of each tenant. Its tables are made on first use; a tenant gets the default profiles when it is first met.</summary>
/// <param name="database">The file that holds them; it stays the caller's.</param>
/// <param name="time">The clock that stamps employees.</param>
public sealed class BuiltInDirectoryFactory(SqliteDatabase database, TimeProvider time)
{
    private readonly ConcurrentDictionary<TenantId, DirectoryTenant> _tenants = new();

    /// <summary>A tenant's directory, as CrmSync works with it.</summary>
    public BuiltInDirectory For(TenantId tenant) => new(Tenant(tenant));

    /// <summary>A tenant's directory, as people look at it.</summary>
    public BuiltInDirectoryBrowser BrowserFor(TenantId tenant) => new(Tenant(tenant));

    /// <summary>A tenant's directory, as its own users and administrators change it.</summary>
    public BuiltInDirectoryEditor EditorFor(TenantId tenant) => new(Tenant(tenant));

    private DirectoryTenant Tenant(TenantId tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        return _tenants.GetOrAdd(tenant, id => new DirectoryTenant(database, time, id));
    }
}
