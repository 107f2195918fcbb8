using System.Buffers;
using CrmSync.Core.Matching;
using CrmSync.Core.Planning;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Simulation.Engine;

/// <summary>Runs between whose stations something is turned round: what matching decided, or what a plan expects.</summary>
internal sealed class MutantRuns(IRunStore runs, Mutant mutant) : IRunStore
{
    public Task<Run?> TryBeginAsync(Run run, CancellationToken cancellation) => runs.TryBeginAsync(run, cancellation);

    public Task UpdateAsync(Run run, CancellationToken cancellation) => runs.UpdateAsync(run, cancellation);

    public Task<Run?> FindAsync(TenantId tenant, RunId run, CancellationToken cancellation) => runs.FindAsync(tenant, run, cancellation);

    public Task<IReadOnlyList<Run>> ListAsync(TenantId tenant, RunId? before, int limit, CancellationToken cancellation) =>
        runs.ListAsync(tenant, before, limit, cancellation);

    public Task WritePartAsync(TenantId tenant, RunId run, PartName name, ReadOnlyMemory<byte> content, CancellationToken cancellation) => runs.WritePartAsync(
        tenant, run, name, name.Kind == PartKind.Decisions ? Changed<DecisionLine>(content, Decided) : content, cancellation);

    public async Task<IMemoryOwner<byte>?> ReadPartAsync(TenantId tenant, RunId run, PartName name, CancellationToken cancellation)
    {
        var part = await runs.ReadPartAsync(tenant, run, name, cancellation);
        if (mutant != Mutant.PreconditionIgnored || name.Kind != PartKind.Plan || part is null)
        {
            return part;
        }

        using (part)
        {
            return JsonLines.Write(JsonLines.Read<PlanLine>(part.Memory)
                .Select(line => line.Operation is { } operation ? line with { Operation = operation with { Expect = null } } : line).ToList());
        }
    }

    public Task<IReadOnlyList<PartName>> ListPartsAsync(TenantId tenant, RunId run, PartKind kind, CancellationToken cancellation) =>
        runs.ListPartsAsync(tenant, run, kind, cancellation);

    public Task PruneAsync(TenantId tenant, RunId run, CancellationToken cancellation) => runs.PruneAsync(tenant, run, cancellation);

    public Task PlanLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyDictionary<ConnectWiseId, LinkTarget> targets, CancellationToken cancellation) =>
        runs.PlanLinksAsync(tenant, run, entity, targets, cancellation);

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindPlannedLinksAsync(
        TenantId tenant, RunId run, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) =>
        runs.FindPlannedLinksAsync(tenant, run, entity, ids, cancellation);

    private DecisionLine Decided(DecisionLine line) => (mutant, line.Decision.Verdict) is
        (Mutant.AmbiguousTakesFirst, MatchVerdict.Ambiguous) or (Mutant.ContestedTakenByAll, MatchVerdict.Contested)
        ? line with { Decision = new MatchDecision(MatchVerdict.Match, [line.Decision.Crm[0]]) } : line;

    private static byte[] Changed<T>(ReadOnlyMemory<byte> lines, Func<T, T> change)
    {
        using var changed = JsonLines.Write(JsonLines.Read<T>(lines).Select(change).ToList());
        return changed.Memory.ToArray();
    }
}
