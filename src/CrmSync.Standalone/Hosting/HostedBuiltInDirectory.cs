using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn;
using CrmSync.Hosting;

namespace CrmSync.Standalone.Hosting;

/// <summary>The built-in employee directory, for tenants that name no other.</summary>
internal sealed class HostedBuiltInDirectory(BuiltInDirectoryFactory directories) : IHostDirectory
{
    public IDirectory For(TenantId tenant) => directories.For(tenant);
}
