using CrmSync.Api.Endpoints;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn;

namespace CrmSync.Standalone.Hosting;

/// <summary>Shows the built-in CRM over the API.</summary>
internal sealed class BuiltInBrowser(BuiltInCrmFactory crms) : ICrmBrowser
{
    public async Task<CrmListing> ListAsync(TenantId tenant, Entity entity, string? search, string? after, int limit, CancellationToken cancellation)
    {
        var page = await crms.BrowserFor(tenant).ListAsync(entity, new CrmPageRequest { Search = search, Continuation = after, Size = limit }, cancellation);
        return page.Succeeded ? new CrmListing(page.Value.Records, page.Value.Continuation) : throw new InvalidOperationException(page.Refusal.Message);
    }

    public async Task<CrmRecord?> FindAsync(TenantId tenant, Entity entity, CrmId id, CancellationToken cancellation) =>
        (await crms.BrowserFor(tenant).FindAsync(entity, id, cancellation))?.Record;
}
