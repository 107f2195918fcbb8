using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>
/// One tenant's ConnectWise PSA. Reads are retried inside where that is safe and stay within the tenant's adaptive limit on
/// concurrent requests; what remains a failure is a <see cref="ConnectWiseException"/>. No call writes.
/// </summary>
public interface IConnectWise
{
    /// <summary>How many records one page holds at the most (1,000).</summary>
    int PageSize { get; }

    /// <summary>How many requests may be under way at once before the adaptive limit lowers it.</summary>
    int Concurrency { get; }

    /// <summary>How many slices may be read at once, at least <see cref="Concurrency"/>: while one keeps what it has read, another asks.</summary>
    int Readings { get; }

    /// <summary>Requests that lines and notes of one opportunity cost on average when many are read, as far as the site's ways are known.</summary>
    double RequestsPerOpportunity { get; }

    /// <summary>What this client has done since it was made; the values only grow.</summary>
    ConnectWiseUsage Usage { get; }

    /// <summary>Tests the site, the credentials and the right to read each endpoint, each on its own (SU-2). Never throws for a failed check.</summary>
    Task<ConnectionTestReport> TestAsync(CancellationToken cancellation);

    /// <summary>Reads the choices that a set-up step offers, live (SU-9).</summary>
    Task<ConnectWiseChoices> ReadChoicesAsync(Entity entity, CancellationToken cancellation);

    /// <summary>The ids of the company statuses that make a company inactive (IM-4), live.</summary>
    Task<IReadOnlyList<long>> ReadInactiveCompanyStatusesAsync(CancellationToken cancellation);

    /// <summary>The fields that can be mapped, the user-defined ones included. Keys of those: "custom:{id}".</summary>
    Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation);

    /// <summary>All members, in the order of their ids.</summary>
    Task<IReadOnlyList<ConnectWiseMember>> ReadMembersAsync(CancellationToken cancellation);

    /// <summary>How many records of an entity this key can see, whatever their state.</summary>
    Task<long> CountAsync(Entity entity, CancellationToken cancellation);

    /// <summary>The range that an entity's ids fill, from the lowest to the highest; null where there are no records.</summary>
    Task<IdRange?> BoundsAsync(Entity entity, CancellationToken cancellation);

    /// <summary>
    /// Reads the pages of a range of ids in ascending order, by keyset: nothing shifts when records come or go meanwhile.
    /// Each page is complete JSON with ascending ids inside the range. The next page is asked for before this one is consumed.
    /// </summary>
    /// <param name="entity">Whose list.</param>
    /// <param name="range">The range; an open end reads until a short page, or until <paramref name="expected"/> records were seen on a full page.</param>
    /// <param name="fields">The keys of the fields to ask for; what records need besides (types, flags, last update) is always asked for.</param>
    /// <param name="expected">How many records the range is known to hold, where that is known: spares the request that only proves the end.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<ConnectWisePage> ReadPagesAsync(
        Entity entity, IdRange range, IReadOnlyList<string> fields, long? expected, CancellationToken cancellation);

    /// <summary>The records of a page that <see cref="ReadPagesAsync"/> gave, now or in an earlier process. Pure: asks nothing.</summary>
    /// <param name="entity">Whose list the page is of.</param>
    /// <param name="json">The page's bytes.</param>
    /// <param name="fields">The keys of the fields to read.</param>
    IReadOnlyList<ConnectWiseRecord> Parse(Entity entity, ReadOnlyMemory<byte> json, IReadOnlyList<string> fields);

    /// <summary>Reads one record; null where there is none.</summary>
    Task<ConnectWiseRecord?> FindAsync(Entity entity, ConnectWiseId id, IReadOnlyList<string> fields, CancellationToken cancellation);

    /// <summary>A member's own picture, from the configured host only and up to a size; null where there is none.</summary>
    Task<ReadOnlyMemory<byte>?> ReadMemberPhotoAsync(ConnectWiseId member, CancellationToken cancellation);

    /// <summary>Reads forecast lines and notes of opportunities, in as few requests as the site allows. An opportunity that has gone is left out.</summary>
    Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadOpportunityChildrenAsync(
        IReadOnlyCollection<ConnectWiseId> opportunities, CancellationToken cancellation);
}

/// <summary>One page as it was received.</summary>
/// <param name="Json">The bytes of a JSON array.</param>
/// <param name="Ids">The ids on it, ascending.</param>
public sealed record ConnectWisePage(ReadOnlyMemory<byte> Json, IReadOnlyList<long> Ids) : IDisposable
{
    /// <summary>What the page's bytes are taken from; null where they are the page's own.</summary>
    public IDisposable? Owner { get; init; }

    /// <summary>Gives the bytes back: the page is not to be used any more.</summary>
    public void Dispose() => Owner?.Dispose();
}

/// <summary>What a client has done so far.</summary>
/// <param name="Client">Tells this client from one that another process had before it: a run that was resumed adds up both.</param>
/// <param name="Requests">Requests sent, repeated ones included.</param>
/// <param name="Throttled">Answers with 429.</param>
/// <param name="Retries">Requests that were repeated.</param>
/// <param name="PageSeconds">Median seconds of a full page's answer; 0 before the first.</param>
public sealed record ConnectWiseUsage(string Client, long Requests, long Throttled, long Retries, double PageSeconds);

/// <summary>The choices that ConnectWise offers for the mapping of one entity.</summary>
public sealed record ConnectWiseChoices
{
    /// <summary>Types: of members, companies, contacts, catalog items, activities or opportunities.</summary>
    public IReadOnlyList<Choice> Types { get; init; } = [];

    /// <summary>Statuses, of companies and opportunities.</summary>
    public IReadOnlyList<Choice> Statuses { get; init; } = [];

    /// <summary>Sales stages, of opportunities.</summary>
    public IReadOnlyList<Choice> Stages { get; init; } = [];

    /// <summary>Categories, of catalog items.</summary>
    public IReadOnlyList<Choice> Categories { get; init; } = [];

    /// <summary>Billing cycles, of catalog items.</summary>
    public IReadOnlyList<Choice> BillingCycles { get; init; } = [];
}

/// <summary>One choice on a list of ConnectWise's.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, as administrators see it.</param>
/// <param name="Inactive">Whether it, or what carries it, counts as inactive.</param>
public sealed record Choice(long Id, string Name, bool Inactive = false);

/// <summary>The result of a connection test, a line for each thing that was tested.</summary>
/// <param name="Checks">The checks, in the order in which they were made.</param>
public sealed record ConnectionTestReport(IReadOnlyList<ConnectionCheck> Checks)
{
    /// <summary>Whether everything passed.</summary>
    public bool Passed => Checks.All(check => check.Passed);
}

/// <summary>One thing that a connection test looked at.</summary>
public sealed record ConnectionCheck
{
    /// <summary>What was tested: "site", "company", "credentials", or the endpoint's path.</summary>
    public required string Subject { get; init; }

    /// <summary>The ConnectWise permission by its own name, for an endpoint.</summary>
    public string? Permission { get; init; }

    /// <summary>Whether it passed.</summary>
    public required bool Passed { get; init; }

    /// <summary>Why it failed, in words; null where it passed.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do about it; null where it passed.</summary>
    public string? Remedy { get; init; }
}

/// <summary>ConnectWise did not do what was asked, and retrying inside the client did not help.</summary>
/// <param name="code">A stable word for the kind of failure: "unreachable", "unauthorized", "forbidden", "not-connectwise", "throttled", …</param>
/// <param name="message">What happened, without anything secret.</param>
/// <param name="remedy">What an administrator can do.</param>
/// <param name="retryHelps">Whether asking again later may succeed without anybody doing anything.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ConnectWiseException(string code, string message, string remedy, bool retryHelps, Exception? inner = null)
    : SideException(Side.ConnectWise, code, message, remedy, retryHelps, inner);
