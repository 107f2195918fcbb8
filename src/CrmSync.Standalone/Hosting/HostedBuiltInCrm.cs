using CrmSync.Api.Endpoints;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn;
using CrmSync.Hosting;

namespace CrmSync.Standalone.Hosting;

/// <summary>The built-in CRM, for tenants that name no other.</summary>
internal sealed class HostedBuiltInCrm(BuiltInCrmFactory crms) : IHostCrm
{
    public ICrm For(TenantId tenant) => crms.For(tenant);

    public async Task<CrmListing> ListAsync(TenantId tenant, Entity entity, string? search, string? after, int limit, CancellationToken cancellation)
    {
        var page = await crms.BrowserFor(tenant).ListAsync(entity, new CrmPageRequest { Search = search, Continuation = after, Size = limit }, cancellation);
        return page.Succeeded ? new CrmListing(page.Value.Records, page.Value.Continuation) : throw new InvalidOperationException(page.Refusal.Message);
    }

    public async Task<CrmRecord?> FindAsync(TenantId tenant, Entity entity, CrmId id, CancellationToken cancellation) =>
        (await crms.BrowserFor(tenant).FindAsync(entity, id, cancellation))?.Record;
}
