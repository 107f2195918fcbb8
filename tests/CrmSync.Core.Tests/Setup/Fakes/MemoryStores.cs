using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Tests.Setup.Fakes;

internal sealed class MemorySetupStore : ISetupStore
{
    private readonly Dictionary<TenantId, TenantSetup> _setups = [];

    /// <summary>What somebody else does between a reading and a writing, once.</summary>
    public Action? BeforeWrite { get; set; }

    public Task<TenantSetup> ReadAsync(TenantId tenant, CancellationToken cancellation) =>
        Task.FromResult(_setups.GetValueOrDefault(tenant) ?? new TenantSetup());

    public Task<bool> TryWriteAsync(TenantId tenant, TenantSetup setup, CancellationToken cancellation)
    {
        var before = BeforeWrite;
        BeforeWrite = null;
        before?.Invoke();
        var stored = _setups.GetValueOrDefault(tenant)?.Version ?? 0;
        if (stored != setup.Version)
        {
            return Task.FromResult(false);
        }

        // Stored as JSON, as real stores do: what cannot be written cannot hide here.
        _setups[tenant] = CoreJson.Deserialize<TenantSetup>(CoreJson.Serialize(setup)) with { Version = stored + 1 };
        return Task.FromResult(true);
    }
}

internal sealed class MemorySecretStore : ISecretStore
{
    public Action<string> Effect { get; set; } = _ => { };

    public Dictionary<(TenantId Tenant, string Name), string> Secrets { get; } = [];

    public Task WriteAsync(TenantId tenant, string name, string value, CancellationToken cancellation)
    {
        Effect($"secret {name} begins");
        Secrets[(tenant, name)] = value;
        Effect($"secret {name} done");
        return Task.CompletedTask;
    }

    public Task<string?> ReadAsync(TenantId tenant, string name, CancellationToken cancellation) => Task.FromResult(Secrets.GetValueOrDefault((tenant, name)));
}

internal sealed class MemoryLinkStore : ILinkStore
{
    private readonly Dictionary<(TenantId Tenant, Entity Entity), SortedDictionary<ConnectWiseId, Link>> _links = [];

    /// <summary>Told before and after each link, as in a store that keeps several of them one by one.</summary>
    public Action<string> Effect { get; set; } = _ => { };

    public int RangesRead { get; private set; }

    public Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation)
    {
        RangesRead++;
        return Task.FromResult<IReadOnlyList<Link>>([.. Of(tenant, entity).Values.Where(link => range.Contains(link.ConnectWise))]);
    }

    public Task<Link?> FindAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation) =>
        Task.FromResult(Of(tenant, entity).GetValueOrDefault(id));

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindTargetsAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<ConnectWiseId, LinkTarget>>(
            Of(tenant, entity).Values.Where(link => ids.Contains(link.ConnectWise)).ToDictionary(link => link.ConnectWise, link => new LinkTarget(link.Crm, link.Type)));

    public Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<CrmId, ConnectWiseId>>(
            Of(tenant, entity).Values.Where(link => ids.Contains(link.Crm)).ToDictionary(link => link.Crm, link => link.ConnectWise));

    public Task<IReadOnlyList<ConnectWiseId>> WriteAsync(TenantId tenant, Entity entity, IReadOnlyList<Link> links, CancellationToken cancellation)
    {
        var stored = Of(tenant, entity);
        var refused = new List<ConnectWiseId>();
        foreach (var link in links)
        {
            if (stored.Values.Any(other => other.Crm == link.Crm && other.ConnectWise != link.ConnectWise))
            {
                refused.Add(link.ConnectWise);
                continue;
            }

            Effect($"link {link.ConnectWise} begins");
            stored[link.ConnectWise] = link;
            Effect($"link {link.ConnectWise} done");
        }

        return Task.FromResult<IReadOnlyList<ConnectWiseId>>(refused);
    }

    public Task<long> CountAsync(TenantId tenant, Entity entity, CancellationToken cancellation) => Task.FromResult<long>(Of(tenant, entity).Count);

    private SortedDictionary<ConnectWiseId, Link> Of(TenantId tenant, Entity entity)
    {
        if (!_links.TryGetValue((tenant, entity), out var links))
        {
            _links[(tenant, entity)] = links = [];
        }

        return links;
    }
}
