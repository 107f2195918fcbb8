using System.Buffers;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Simulation.Engine;

/// <summary>Runs in memory.</summary>
internal sealed class MemoryRuns : IRunStore
{
    private readonly SortedDictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<(RunId Run, PartName Name), byte[]> _parts = [];
    private readonly Dictionary<(RunId Run, Entity Entity, ConnectWiseId Id), LinkTarget> _planned = [];

    /// <summary>Called for every part of a plan that is stored.</summary>
    public Action<RunId, ReadOnlyMemory<byte>> Planned { get; set; } = (_, _) => { };

    public Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation)
    {
        var running = _runs.Values.FirstOrDefault(other => !other.Ended);
        if (running is null)
        {
            _runs[run.Id.Value] = run;
        }

        return Task.FromResult(running);
    }

    public Task UpdateAsync(Run run, CancellationToken cancellation)
    {
        _runs[run.Id.Value] = run;
        return Task.CompletedTask;
    }

    public Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation) => Task.FromResult(_runs.GetValueOrDefault(run.Value));

    public Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Run>>(
        [.. _runs.Values.Reverse().Where(run => before is null || string.CompareOrdinal(run.Id.Value, before.Value.Value) < 0).Take(limit)]);

    public Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        _parts[(run, name)] = content.ToArray();
        if (name.Kind == PartKind.Plan)
        {
            Planned(run, content);
        }

        return Task.CompletedTask;
    }

    public Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation)
    {
        if (!_parts.TryGetValue((run, name), out var content))
        {
            return Task.FromResult<IMemoryOwner<byte>?>(null);
        }

        var buffer = new PooledBuffer(content.Length);
        buffer.Write(content);
        return Task.FromResult<IMemoryOwner<byte>?>(buffer);
    }

    public Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PartName>>(
            [.. _parts.Keys.Where(part => part.Run == run && part.Name.Kind == kind).Select(part => part.Name).OrderBy(name => name.Stage).ThenBy(name => name.Number)]);

    public Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation) => Task.CompletedTask;

    public Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation)
    {
        foreach (var (id, target) in targets)
        {
            _planned[(run, entity, id)] = target;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<ConnectWiseId, LinkTarget>>(
            ids.Where(id => _planned.ContainsKey((run, entity, id))).Distinct().ToDictionary(id => id, id => _planned[(run, entity, id)]));
}
