using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>
/// One tenant's employee directory. An employee is a <see cref="CrmRecord"/> with the fields of <see cref="DirectoryCapabilities.Fields"/>; its external key
/// is unique, so that a repeated create finds the first. Writes are answered per employee: one bad record fails alone.
/// A directory that does not answer is a <see cref="DirectoryException"/>. Employees are never deleted; they are made inactive.
/// </summary>
public interface IDirectory
{
    /// <summary>What this directory can do.</summary>
    Task<DirectoryCapabilities> DescribeAsync(CancellationToken cancellation);

    /// <summary>
    /// Tests the directory (EM-2), each thing on its own: reachable, credentials, reading, and all that the sync writes, tried on a throw-away employee that
    /// is gone afterwards. Never throws for a failed check.
    /// </summary>
    Task<ConnectionTestReport> TestAsync(CancellationToken cancellation);

    /// <summary>The names of the profiles that are active now (EM-6); null where the directory takes any text.</summary>
    Task<IReadOnlyList<string>?> ReadProfilesAsync(CancellationToken cancellation);

    /// <summary>All employees, each once, in an order of the directory's own, whatever comes and goes meanwhile.</summary>
    /// <exception cref="DirectoryException">Also where the reading cannot be taken for complete ("incomplete").</exception>
    IAsyncEnumerable<CrmRecord> ReadAllAsync(CancellationToken cancellation);

    /// <summary>One employee; null where it has gone.</summary>
    Task<CrmRecord?> FindAsync(CrmId id, CancellationToken cancellation);

    /// <summary>Every employee that may carry this external key, e-mail address or one of these ids; may answer more. Core compares itself (EM-5).</summary>
    Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(EmployeeKeys keys, CancellationToken cancellation);

    /// <summary>
    /// Writes employees; the results stand in the order of the writes, one each. <see cref="CrmWriteResult.Stored"/> holds what the directory holds of the
    /// written fields afterwards, read back: a field that it accepted and did not apply shows its old value.
    /// </summary>
    Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation);

    /// <summary>Gives an employee a picture, or takes it away for null. Refused where the directory has no pictures.</summary>
    Task<CrmWriteResult> WritePictureAsync(CrmId id, PublishedPicture? picture, CancellationToken cancellation);
}

/// <summary>By what an employee may be known.</summary>
/// <param name="ExternalKey">The key that CrmSync would have created it with.</param>
/// <param name="Email">The e-mail address; null for none.</param>
/// <param name="EmployeeIds">The ids.</param>
public sealed record EmployeeKeys(string ExternalKey, string? Email, IReadOnlyList<string> EmployeeIds);

/// <summary>What a directory can do.</summary>
public sealed record DirectoryCapabilities
{
    /// <summary>
    /// Keys of the fields that it keeps: always <see cref="FieldKeys.FirstName"/>, <see cref="FieldKeys.LastName"/>, <see cref="FieldKeys.Email"/> and
    /// <see cref="FieldKeys.Active"/>; of <see cref="FieldKeys.EmployeeIds"/>, <see cref="FieldKeys.Location"/>, <see cref="FieldKeys.LocationId"/>,
    /// <see cref="FieldKeys.Team"/>, <see cref="FieldKeys.TeamId"/>, <see cref="FieldKeys.Position"/>, <see cref="FieldKeys.PositionId"/>,
    /// <see cref="FieldKeys.HireDate"/> and <see cref="FieldKeys.Profile"/> those it has a place for.
    /// </summary>
    public required IReadOnlySet<string> Fields { get; init; }

    /// <summary>Whether an employee has room for one employee id only: the member's login name then, not its address too.</summary>
    public bool OneEmployeeId { get; init; }

    /// <summary>How it takes pictures.</summary>
    public required PictureWay Pictures { get; init; }

    /// <summary>Most writes in one call.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Most calls under way at once.</summary>
    public required int WriteConcurrency { get; init; }
}

/// <summary>How a directory takes pictures.</summary>
public enum PictureWay
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As bytes.</summary>
    Content,

    /// <summary>As an address from which it, or whoever looks at it, fetches them.</summary>
    Address,
}

/// <summary>The directory did not do what was asked, and retrying inside its connector did not help. What it refuses of a single employee is a <see cref="CrmError"/>.</summary>
/// <param name="code">A stable word for the kind of failure.</param>
/// <param name="message">What happened, without anything secret.</param>
/// <param name="remedy">What an administrator can do.</param>
/// <param name="retryHelps">Whether asking again later may succeed without anybody doing anything.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class DirectoryException(string code, string message, string remedy, bool retryHelps, Exception? inner = null)
    : SideException(Side.Crm, code, message, remedy, retryHelps, inner);
