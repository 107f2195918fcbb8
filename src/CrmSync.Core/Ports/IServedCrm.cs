using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>
/// What a CRM offers beyond <see cref="ICrm"/> so that others can work with it over a line on which answers are lost: reading goes on where it
/// broke off, and a batch is done once however often it is asked for.
/// </summary>
public interface IServedCrm
{
    /// <summary>The CRM that is served.</summary>
    ICrm Crm { get; }

    /// <summary>The next records of an entity. A record that is there throughout is on exactly one page, whatever comes and goes meanwhile.</summary>
    /// <param name="entity">Which kind.</param>
    /// <param name="after">Where the page before said that the next one begins; null for the beginning.</param>
    /// <param name="limit">Most records on the page.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The page. Refused is a place that no page gave ("continuation-invalid").</returns>
    Task<Result<CrmRecordPage>> ReadPageAsync(Entity entity, string? after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Does the writes as <see cref="ICrm.WriteAsync"/> does, unless a batch of this name was done before: then it answers what was answered then
    /// and does nothing. What is done and what is remembered of it stand or fall together.
    /// </summary>
    /// <returns>The results. Refused is a name under which something else was asked ("idempotency-key-reused").</returns>
    Task<Result<IReadOnlyList<CrmWriteResult>>> WriteOnceAsync(
        BatchName batch, Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation);

    /// <summary>Invites as <see cref="ICrm.InviteAsync"/> does, with the guarantees of <see cref="WriteOnceAsync"/>.</summary>
    Task<Result<IReadOnlyList<CrmWriteResult>>> InviteOnceAsync(BatchName batch, IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation);
}

/// <summary>Some records of a CRM, in its own order.</summary>
/// <param name="Records">The records.</param>
/// <param name="Next">Where the next page begins, in the CRM's own words; null at the end.</param>
public sealed record CrmRecordPage(IReadOnlyList<CrmRecord> Records, string? Next);

/// <summary>What tells one batch from every other.</summary>
/// <param name="Key">The name that its sender gave it; no other batch of the sender's has it.</param>
/// <param name="Content">A digest of all that it asks for.</param>
public readonly record struct BatchName(string Key, string Content);
