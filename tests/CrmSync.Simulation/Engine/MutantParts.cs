using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Simulation.Engine;

/// <summary>A CRM connector that is wrong in one way.</summary>
internal sealed class MutantCrm(ICrm crm, Mutant mutant) : ICrm
{
    public CrmCapabilities Capabilities => crm.Capabilities;

    public Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation) => crm.ReadChoicesAsync(cancellation);

    public async Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation)
    {
        var fields = await crm.DescribeFieldsAsync(entity, cancellation);
        return mutant == Mutant.PhoneComparedRaw
            ? [.. fields.Select(field => field.Kind == FieldKind.Phone ? field with { Kind = FieldKind.Text } : field)] : fields;
    }

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, CancellationToken cancellation) => crm.ReadAllAsync(entity, cancellation);

    public Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        crm.ReadAsync(entity, ids, cancellation);

    public async Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation)
    {
        var found = await crm.FindCandidatesAsync(entity, keys, cancellation);
        return mutant switch
        {
            Mutant.CandidatesIgnored => [.. found.Where(record => record.ExternalKey is not null)],
            Mutant.EmailComparedWithCase => [.. found.Where(record => record.Fields[FieldKeys.Email] is not { } email || !email.Any(char.IsUpper))],
            _ => found,
        };
    }

    public Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation) =>
        crm.ReadChangesAsync(entity, since, limit, cancellation);

    public async Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        var results = await crm.WriteAsync(entity, [.. writes.Select(Sent)], cancellation);
        return mutant switch
        {
            Mutant.ResultsSwapped => [.. results.Reverse()],
            Mutant.RefusalIgnored => [.. results.Zip(writes, (result, write) => result.Error is null || write.Id is null ? result : new() { Id = write.Id, Stored = write.Fields })],
            Mutant.SnapshotOfWhatWasSent => [.. results.Zip(writes, (result, write) => result with { Stored = result.Error is null ? write.Fields : null })],
            _ => results,
        };
    }

    public Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation) =>
        crm.InviteAsync(invitations, cancellation);

    private CrmWrite Sent(CrmWrite write)
    {
        if (mutant == Mutant.UnmappedWritten)
        {
            var fields = write.Fields.Copy();
            fields["notes"] = "from ConnectWise";
            return write with { Fields = fields };
        }

        return mutant == Mutant.CreateRepeatedBlindly && write.Id is null ? write with { ExternalKey = null } : write;
    }
}

/// <summary>A link store that is wrong in one way.</summary>
internal sealed class MutantLinks(ILinkStore links, Mutant mutant, Func<CrmId, bool> isGone) : ILinkStore
{
    public async Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation)
    {
        var found = await links.ReadRangeAsync(tenant, entity, range, cancellation);
        return mutant == Mutant.DeletedCreatedAnew ? [.. found.Where(link => !isGone(link.Crm))] : found;
    }

    public Task<Link?> FindAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation) => links.FindAsync(tenant, entity, id, cancellation);

    public Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindTargetsAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation) => links.FindTargetsAsync(tenant, entity, ids, cancellation);

    public Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation) =>
        links.FindByCrmAsync(tenant, entity, ids, cancellation);

    public async Task<IReadOnlyList<ConnectWiseId>> WriteAsync(TenantId tenant, Entity entity, IReadOnlyList<Link> written, CancellationToken cancellation)
    {
        switch (mutant)
        {
            case Mutant.LinksForgotten:
                return [];
            case Mutant.SnapshotsForgotten:
                return await links.WriteAsync(
                    tenant, entity, [.. written.Select(link => link with { ConnectWiseSnapshot = new FieldValues(), CrmSnapshot = new FieldValues() })], cancellation);
            default:
                return await links.WriteAsync(tenant, entity, written, cancellation);
        }
    }

    public Task<long> CountAsync(TenantId tenant, Entity entity, CancellationToken cancellation) => links.CountAsync(tenant, entity, cancellation);
}

/// <summary>Keeps nothing.</summary>
internal sealed class NoBackups : IBackupStore
{
    public Task WriteAsync(TenantId tenant, RunId run, BackupName name, IReadOnlyList<BackupRecord> records, CancellationToken cancellation) => Task.CompletedTask;

    public Task<IReadOnlyList<BackupSummary>> ListAsync(TenantId tenant, CancellationToken cancellation) => throw new NotSupportedException();

    public IAsyncEnumerable<BackupRecord> ReadAsync(TenantId tenant, RunId run, CancellationToken cancellation) => throw new NotSupportedException();
}
