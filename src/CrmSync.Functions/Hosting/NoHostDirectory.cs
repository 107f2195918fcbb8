using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Hosting;

namespace CrmSync.Functions.Hosting;

/// <summary>In the cloud there is no employee directory but the one that a tenant names.</summary>
internal sealed class NoHostDirectory : IHostDirectory
{
    public IDirectory For(TenantId tenant) => throw new DirectoryException(
        "not-connected", "The settings name no directory.",
        "Save the employee settings with \"directory\": { \"kind\": \"scim\", \"address\": … }.", retryHelps: false);
}
