using System.Buffers;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Storage.Azure.Runs;

namespace CrmSync.Storage.Azure;

/// <summary>Runs and planned links in Table storage, parts in blobs. A row that names the run under way holds IM-8 (<see cref="RunRows"/>).</summary>
public sealed class AzureRunStore : IRunStore
{
    // Each is lost to another writer of the same run, who has gone on.
    private const int Attempts = 100;

    private readonly RunRows _runs;
    private readonly RunParts _parts;
    private readonly PlannedLinks _planned;

    internal AzureRunStore(RunRows runs, RunParts parts, PlannedLinks planned) => (_runs, _parts, _planned) = (runs, parts, planned);

    /// <inheritdoc />
    public async Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _runs.TryAddAsync(run, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            if (await _runs.UnderWayAsync(run.Tenant, run.Kind, cancellation).ConfigureAwait(false) is { } underWay)
            {
                // It may be this very run: it was stored, and the answer lost.
                return underWay.Run == run.Id ? null : (await _runs.FindAsync(run.Tenant, underWay.Run, cancellation).ConfigureAwait(false))?.Run;
            }

            if (await _runs.FindAsync(run.Tenant, run.Id, cancellation).ConfigureAwait(false) is not null)
            {
                throw new InvalidOperationException($"The run {run.Id} was stored before.");
            }
        }

        throw Contended(run);
    }

    /// <inheritdoc />
    /// <remarks>
    /// A run that was asked to stop stays so when someone who had read it before stores it as running; one that has ended stays ended.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The run was never stored.</exception>
    public async Task UpdateAsync(Run run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await _runs.FindAsync(run.Tenant, run.Id, cancellation).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"The run {run.Id} was never stored.");
            if (stored.Run.Ended && !run.Ended)
            {
                return;
            }

            var keepsCancelling = stored.Run.State == RunState.Cancelling && run.State == RunState.Running;
            var changed = keepsCancelling ? run with { State = RunState.Cancelling } : run;
            if (await _runs.TryReplaceAsync(changed, stored, cancellation).ConfigureAwait(false))
            {
                return;
            }
        }

        throw Contended(run);
    }

    /// <inheritdoc />
    public async Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation) =>
        (await _runs.FindAsync(tenant, run, cancellation).ConfigureAwait(false))?.Run;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation) =>
        await _runs.ReadAsync(tenant, before, limit, cancellation).Take(limit).ToListAsync(cancellation).ConfigureAwait(false);

    /// <inheritdoc />
    public Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        _parts.WriteAsync(tenant, run, name, content, cancellation);

    /// <inheritdoc />
    public Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation) =>
        _parts.ReadAsync(tenant, run, name, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation) =>
        _parts.ListAsync(tenant, run, kind, cancellation);

    /// <inheritdoc />
    public async Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        foreach (var kind in PartKinds.Temporary)
        {
            await _parts.RemoveAsync(tenant, run, kind, cancellation).ConfigureAwait(false);
        }

        await _planned.RemoveAsync(tenant, run, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return _planned.WriteAsync(tenant, run, entity, targets, cancellation);
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _planned.FindAsync(tenant, run, entity, ids, cancellation);
    }

    private static AzureStorageException Contended(Run run) => new(
        "storage-contended", $"The run {run.Id} is being written by others without end.", "See whether two hosts work on one tenant.");
}
