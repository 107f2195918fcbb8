using CrmSync.Core.Matching;
using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>
/// One tenant's CRM. Writes go in batches and are answered per record: one bad record fails alone.
/// A create with an external key that the CRM already holds answers with the record that holds it, and creates nothing.
/// A CRM that does not answer is a <see cref="CrmException"/>.
/// </summary>
public interface ICrm
{
    /// <summary>What this CRM can do; constant for the life of the object.</summary>
    CrmCapabilities Capabilities { get; }

    /// <summary>Reads the choices that set-up offers, live (SU-9).</summary>
    Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation);

    /// <summary>The fields of an entity, the customer's own included.</summary>
    Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation);

    /// <summary>All records of an entity, in an order of the CRM's own.</summary>
    IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, CancellationToken cancellation);

    /// <summary>The records with these ids; one that has gone is left out.</summary>
    Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation);

    /// <summary>
    /// Every record that may carry one of these keys. The look-up may be coarser than the key (the last digits of a phone):
    /// Core compares the candidates itself. It never misses one that carries the key. The keys are worked out when they are first asked for: a CRM
    /// that has nothing to look among leaves them.
    /// </summary>
    Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation);

    /// <summary>
    /// The next changes of an entity's records: what was created, deleted, or changed in anything that <see cref="CrmRecord"/> shows, by whomever, CrmSync
    /// included. Without a place it answers no changes and the place where the feed ends now. Who takes that place first and reads all records after
    /// that, and then follows the cursors, misses nothing: each change that was there when a page was read is on it or behind its cursor, however many
    /// have the same time and wherever clocks went. A change may come more than once, and a record that changes while one reads comes again.
    /// </summary>
    /// <param name="entity">Which kind.</param>
    /// <param name="since">The cursor of the page before; null for the feed's present end.</param>
    /// <param name="limit">Most changes on the page, at least 1; there are never more than <see cref="CrmCapabilities.BatchSize"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The page. Refused: <see cref="ChangeFeed.Unsupported"/>, <see cref="ChangeFeed.CursorUnknown"/>.</returns>
    Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation);

    /// <summary>Writes a batch; the results stand in the order of the writes, one each. At most <see cref="CrmCapabilities.BatchSize"/> writes.</summary>
    Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation);

    /// <summary>Invites users (SU-4): creates those that are not there, by e-mail address, and sends what the CRM sends. An address already there is not invited again.</summary>
    Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation);
}

/// <summary>What a CRM can do.</summary>
public sealed record CrmCapabilities
{
    /// <summary>Whether it keeps a unique external key for each record, so that a repeated create finds the first.</summary>
    public required bool UniqueExternalKey { get; init; }

    /// <summary>Whether contacts can be put on lists.</summary>
    public required bool Lists { get; init; }

    /// <summary>Whether opportunities have line items.</summary>
    public required bool LineItems { get; init; }

    /// <summary>Whether records can be deleted.</summary>
    public required bool Delete { get; init; }

    /// <summary>Whether it tells which records have changed since a place (<see cref="ICrm.ReadChangesAsync"/>).</summary>
    public required bool ChangeFeed { get; init; }

    /// <summary>Most writes in one batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Most batches under way at once.</summary>
    public required int WriteConcurrency { get; init; }
}

/// <summary>The choices that the CRM offers for mappings.</summary>
public sealed record CrmChoices
{
    /// <summary>Roles of users.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Types of companies.</summary>
    public IReadOnlyList<string> CompanyTypes { get; init; } = [];

    /// <summary>Types of contacts.</summary>
    public IReadOnlyList<string> ContactTypes { get; init; } = [];

    /// <summary>Categories of solutions.</summary>
    public IReadOnlyList<string> SolutionCategories { get; init; } = [];

    /// <summary>Types of opportunities.</summary>
    public IReadOnlyList<string> OpportunityTypes { get; init; } = [];

    /// <summary>Pipelines with their stages, in order.</summary>
    public IReadOnlyList<CrmPipeline> Pipelines { get; init; } = [];

    /// <summary>Lists of contacts.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];
}

/// <summary>A sales pipeline.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stages">Its stages, in order.</param>
public sealed record CrmPipeline(string Name, IReadOnlyList<string> Stages);

/// <summary>One record to write.</summary>
public sealed record CrmWrite
{
    /// <summary>The record to change; null to create one.</summary>
    public CrmId? Id { get; init; }

    /// <summary>The external key to create it with, or to give a record that is linked for the first time; null to leave it as it is.</summary>
    public string? ExternalKey { get; init; }

    /// <summary>The fields to set, and no others; null clears one.</summary>
    public required FieldValues Fields { get; init; }

    /// <summary>For a contact: the list to put it on, created when missing (CT-1); null for none.</summary>
    public string? JoinList { get; init; }

    /// <summary>For a contact: the list to take it off (CT-4); null for none.</summary>
    public string? LeaveList { get; init; }
}

/// <summary>What became of one write.</summary>
public sealed record CrmWriteResult
{
    /// <summary>The record; null where nothing was written.</summary>
    public CrmId? Id { get; init; }

    /// <summary>Whether a record was created; false where an existing one was changed or found by its external key.</summary>
    public bool Created { get; init; }

    /// <summary>The written fields as the CRM now holds them, which may be another form of what was sent; null where nothing was written.</summary>
    public FieldValues? Stored { get; init; }

    /// <summary>Why it was refused; null where it was written.</summary>
    public CrmError? Error { get; init; }
}

/// <summary>Why a CRM refused a record.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Message">The CRM's own words.</param>
/// <param name="RetryHelps">Whether the same write may succeed later.</param>
public sealed record CrmError(string Code, string Message, bool RetryHelps);

/// <summary>A user to invite.</summary>
/// <param name="Email">The address the invitation goes to.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Role">The role they get.</param>
/// <param name="ExternalKey">The key that marks the user as made from a member.</param>
public sealed record UserInvitation(string Email, string Name, string Role, string ExternalKey);

/// <summary>The CRM did not do what was asked, and retrying inside its connector did not help. What it refuses of a single record is a <see cref="CrmError"/>.</summary>
/// <param name="code">A stable word for the kind of failure, beginning with "crm-": "crm-unreachable", "crm-unauthorized", …</param>
/// <param name="message">What happened, without anything secret.</param>
/// <param name="remedy">What an administrator can do.</param>
/// <param name="retryHelps">Whether asking again later may succeed without anybody doing anything.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class CrmException(string code, string message, string remedy, bool retryHelps, Exception? inner = null)
    : SideException(Side.Crm, code, message, remedy, retryHelps, inner);
