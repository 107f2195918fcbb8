using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn;

/// <summary>Which records to show. At most one of <see cref="Search"/>, <see cref="List"/> and <see cref="Company"/> is given.</summary>
public sealed record CrmPageRequest
{
    /// <summary>Part of a name, an e-mail address or a SKU, without case and accents; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only contacts on this list; null for all.</summary>
    public string? List { get; init; }

    /// <summary>Only records that refer to this company; null for all.</summary>
    public CrmId? Company { get; init; }

    /// <summary>Where to go on, from the page before; null for the first page.</summary>
    public string? Continuation { get; init; }

    /// <summary>Most records on the page, 1 to <see cref="BuiltInCrmBrowser.MostOnPage"/>.</summary>
    public int Size { get; init; } = 50;
}

/// <summary>A page of records in the order of their creation.</summary>
/// <param name="Records">The records.</param>
/// <param name="Continuation">What the next page begins with; null where there is none.</param>
public sealed record CrmPage(IReadOnlyList<CrmRecord> Records, string? Continuation);

/// <summary>A record with what belongs to it.</summary>
/// <param name="Record">The record.</param>
/// <param name="Lists">The lists it is on, by name.</param>
/// <param name="InvitedAt">For a user: when they were invited; null for never.</param>
public sealed record CrmRecordDetail(CrmRecord Record, IReadOnlyList<string> Lists, DateTimeOffset? InvitedAt);
