using CrmSync.Api.Endpoints;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Hosting;

namespace CrmSync.Functions.Hosting;

/// <summary>In the cloud there is no CRM but the one that a tenant names.</summary>
internal sealed class NoHostCrm : IHostCrm
{
    public ICrm For(TenantId tenant) => throw NotConnected();

    public Task<CrmListing> ListAsync(TenantId tenant, Entity entity, string? search, string? after, int limit, CancellationToken cancellation) =>
        throw NotConnected();

    public Task<CrmRecord?> FindAsync(TenantId tenant, Entity entity, CrmId id, CancellationToken cancellation) => throw NotConnected();

    private static CrmException NotConnected() => new("not-connected", "The connection names no CRM.",
        "Save the step \"connection\" with \"crm\": { \"kind\": \"http\", \"address\": …, \"token\": … }.", retryHelps: false);
}
