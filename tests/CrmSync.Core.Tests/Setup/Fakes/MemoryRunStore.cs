using System.Buffers;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Tests.Setup.Fakes;

internal sealed class MemoryRunStore : IRunStore
{
    private readonly Dictionary<(TenantId Tenant, RunId Run), Run> _runs = [];
    private readonly Dictionary<(TenantId Tenant, RunId Run, PartName Name), ReadOnlyMemory<byte>> _parts = [];

    public Action<string> Effect { get; set; } = _ => { };

    public Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation)
    {
        var running = _runs.Values.FirstOrDefault(other => other.Tenant == run.Tenant && other.Kind == run.Kind && !other.Ended);
        if (running is null)
        {
            _runs[(run.Tenant, run.Id)] = run;
        }

        return Task.FromResult(running);
    }

    public Task UpdateAsync(Run run, CancellationToken cancellation)
    {
        Effect("run begins");
        _runs[(run.Tenant, run.Id)] = run;
        Effect("run done");
        return Task.CompletedTask;
    }

    public Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation) => Task.FromResult(_runs.GetValueOrDefault((tenant, run)));

    public Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Run>>(
    [
        .. _runs.Values.Where(run => run.Tenant == tenant && (before is null || string.CompareOrdinal(run.Id.Value, before.Value.Value) < 0))
            .OrderByDescending(run => run.Id.Value, StringComparer.Ordinal).Take(limit),
    ]);

    public Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        Effect($"part {name.Kind} {name.Number} begins");
        _parts[(tenant, run, name)] = content.ToArray();
        Effect($"part {name.Kind} {name.Number} done");
        return Task.CompletedTask;
    }

    public Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation)
    {
        if (!_parts.TryGetValue((tenant, run, name), out var content))
        {
            return Task.FromResult<IMemoryOwner<byte>?>(null);
        }

        var buffer = new PooledBuffer(content.Length);
        buffer.Write(content.Span);
        return Task.FromResult<IMemoryOwner<byte>?>(buffer);
    }

    public Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PartName>>(
        [
            .. _parts.Keys.Where(key => key.Tenant == tenant && key.Run == run && key.Name.Kind == kind).Select(key => key.Name).OrderBy(name => name.Stage).ThenBy(name => name.Number),
        ]);

    public Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        Effect("pruning begins");
        foreach (var key in _parts.Keys.Where(key => key.Tenant == tenant && key.Run == run
            && PartKinds.Temporary.Contains(key.Name.Kind)).ToList())
        {
            _parts.Remove(key);
        }

        Effect("pruning done");
        return Task.CompletedTask;
    }

    public Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<ConnectWiseId, LinkTarget>>(new Dictionary<ConnectWiseId, LinkTarget>());
}
