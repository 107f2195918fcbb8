using System.Collections.Concurrent;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Tenants;
using CrmSync.Storage.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>Opens the built-in CRM of each tenant. Its tables are made on first use; a tenant's are filled with default choices when it is first met.</summary>
/// <param name="database">The file that holds them; it stays the caller's.</param>
/// <param name="time">The clock that stamps records.</param>
public sealed class BuiltInCrmFactory(SqliteDatabase database, TimeProvider time)
{
    private readonly ConcurrentDictionary<TenantId, CrmTenant> _tenants = new();

    /// <summary>A tenant's CRM, as CrmSync works with it.</summary>
    public BuiltInCrm For(TenantId tenant) => new(Tenant(tenant));

    /// <summary>A tenant's CRM, as others work with it from elsewhere.</summary>
    public ServedBuiltInCrm ServedFor(TenantId tenant) => new(database, Tenant(tenant), For(tenant));

    /// <summary>A tenant's CRM, as people look at it.</summary>
    public BuiltInCrmBrowser BrowserFor(TenantId tenant) => new(Tenant(tenant));

    /// <summary>A tenant's CRM, as its own users and administrators change it.</summary>
    public BuiltInCrmEditor EditorFor(TenantId tenant) => new(Tenant(tenant));

    private CrmTenant Tenant(TenantId tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant.Value, nameof(tenant));
        return _tenants.GetOrAdd(tenant, id => new CrmTenant(database, time, id));
    }
}
