using System.Buffers;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Functions.Workflows;

/// <summary>The runs, with the progress of one that is under way taken from its orchestration: nothing writes it down meanwhile.</summary>
internal sealed class ProgressingRunStore(IRunStore stored, DurableClients clients) : IRunStore
{
    public async Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        var found = await stored.FindAsync(tenant, run, cancellation).ConfigureAwait(false);
        return found is null ? null : await ProgressAsync(found, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation)
    {
        var found = await stored.ListAsync(tenant, before, limit, cancellation).ConfigureAwait(false);
        return await Task.WhenAll(found.Select(run => ProgressAsync(run, cancellation))).ConfigureAwait(false);
    }

    public Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation) => stored.TryBeginAsync(run, cancellation);

    public Task UpdateAsync(Run run, CancellationToken cancellation) => stored.UpdateAsync(run, cancellation);

    public Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        stored.WritePartAsync(tenant, run, name, content, cancellation);

    public Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation) =>
        stored.ReadPartAsync(tenant, run, name, cancellation);

    public Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation) =>
        stored.ListPartsAsync(tenant, run, kind, cancellation);

    public Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation) => stored.PruneAsync(tenant, run, cancellation);

    public Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation) =>
        stored.PlanLinksAsync(tenant, run, entity, targets, cancellation);

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        stored.FindPlannedLinksAsync(tenant, run, entity, ids, cancellation);

    // Between its last step and its closing a run has ended without its progress.
    private async Task<Run> ProgressAsync(Run run, CancellationToken cancellation)
    {
        if ((run.Ended && run.Progress.Stages.Count > 0) || clients.Current is not { } client)
        {
            return run;
        }

        var instance = await client.GetInstanceAsync(RunOrder.InstanceOf(run.Tenant, run.Id), getInputsAndOutputs: true, cancellation).ConfigureAwait(false);
        return ProgressStatus.Read(instance?.SerializedCustomStatus) is { } progress ? run with { Progress = progress } : run;
    }
}
