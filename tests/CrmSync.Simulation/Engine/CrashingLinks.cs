using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Simulation.Engine;

/// <summary>Links between whose writes the host can die.</summary>
internal sealed class CrashingLinks(ILinkStore links, Effects effects, Action<Link> linked) : ILinkStore
{
    public Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation) =>
        links.ReadRangeAsync(tenant, entity, range, cancellation);

    public Task<Link?> FindAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation) => links.FindAsync(tenant, entity, id, cancellation);

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindTargetsAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) => links.FindTargetsAsync(tenant, entity, ids, cancellation);

    public Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) => links.FindByCrmAsync(tenant, entity, ids, cancellation);

    public async Task<IReadOnlyList<ConnectWiseId>> WriteAsync(TenantId tenant, Entity entity, IReadOnlyList<Link> written, CancellationToken cancellation)
    {
        effects.Boundary($"link {entity}");
        var refused = await links.WriteAsync(tenant, entity, written, cancellation);
        foreach (var link in written.Where(link => !refused.Contains(link.ConnectWise)))
        {
            linked(link);
        }

        effects.Boundary($"linked {entity}");
        return refused;
    }

    public Task<long> CountAsync(TenantId tenant, Entity entity, CancellationToken cancellation) => links.CountAsync(tenant, entity, cancellation);
}
