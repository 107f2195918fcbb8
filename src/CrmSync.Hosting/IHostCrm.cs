using CrmSync.Api.Endpoints;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Hosting;

/// <summary>The CRM that a host has for tenants whose connection names none.</summary>
public interface IHostCrm : ICrmBrowser
{
    /// <summary>A tenant's CRM.</summary>
    /// <exception cref="CrmException">The host has none ("not-connected").</exception>
    ICrm For(TenantId tenant);
}
