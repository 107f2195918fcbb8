using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>
/// Links and their snapshots. One ConnectWise record has at most one link and so has one CRM record (CO-5): a write that would
/// break this is refused for that link alone. Ids of up to 40 bits can be linked; ConnectWise numbers its records in 32.
/// </summary>
public interface ILinkStore
{
    /// <summary>The links of a range of ConnectWise ids, in ascending order.</summary>
    Task<IReadOnlyList<Link>> ReadRangeAsync(TenantId tenant, Entity entity, IdRange range, CancellationToken cancellation);

    /// <summary>The link of one ConnectWise record; null for none.</summary>
    Task<Link?> FindAsync(TenantId tenant, Entity entity, ConnectWiseId id, CancellationToken cancellation);

    /// <summary>Where these ConnectWise records are in the CRM, without their snapshots; one without a link is left out.</summary>
    Task<IReadOnlyDictionary<ConnectWiseId, LinkTarget>> FindTargetsAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<ConnectWiseId> ids, CancellationToken cancellation);

    /// <summary>Which of these CRM records are linked, and to what.</summary>
    Task<IReadOnlyDictionary<CrmId, ConnectWiseId>> FindByCrmAsync(
        TenantId tenant, Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation);

    /// <summary>Stores links, replacing those of the same ConnectWise ids, all in one go. Answers the ids of those that were refused because their CRM record belongs to another link.</summary>
    Task<IReadOnlyList<ConnectWiseId>> WriteAsync(TenantId tenant, Entity entity, IReadOnlyList<Link> links, CancellationToken cancellation);

    /// <summary>How many links an entity has.</summary>
    Task<long> CountAsync(TenantId tenant, Entity entity, CancellationToken cancellation);
}

/// <summary>Where a ConnectWise record is in the CRM.</summary>
/// <param name="Crm">The CRM record; null for one that a plan is going to create.</param>
/// <param name="Type">The ConnectWise type by which it came in; null for none.</param>
public readonly record struct LinkTarget(CrmId? Crm, long? Type);

/// <summary>The lasting pair of two records that are the same thing, with what each side held when they were last synchronised.</summary>
public sealed record Link
{
    /// <summary>The ConnectWise record.</summary>
    public required ConnectWiseId ConnectWise { get; init; }

    /// <summary>The CRM record.</summary>
    public required CrmId Crm { get; init; }

    /// <summary>The ConnectWise type by which it came in; null for none.</summary>
    public long? Type { get; init; }

    /// <summary>ConnectWise's time of the last change that was synchronised.</summary>
    public DateTimeOffset? ConnectWiseUpdatedAt { get; init; }

    /// <summary>The snapshot of ConnectWise's side, in the CRM's vocabulary. A field without a key was never synchronised.</summary>
    public required FieldValues ConnectWiseSnapshot { get; init; }

    /// <summary>The snapshot of the CRM's side. A field without a key was never synchronised.</summary>
    public required FieldValues CrmSnapshot { get; init; }

    /// <summary>What was about to be written to the CRM and is not known to have arrived; null for nothing.</summary>
    public SentFields? Sent { get; init; }

    /// <summary>The run that last wrote this link.</summary>
    public required RunId Run { get; init; }
}

/// <summary>Fields on their way to the CRM: the snapshots that they would leave, had the write been confirmed.</summary>
/// <param name="ConnectWise">Those of ConnectWise's side.</param>
/// <param name="Crm">Those of the CRM's side: what is written.</param>
public sealed record SentFields(FieldValues ConnectWise, FieldValues Crm);
