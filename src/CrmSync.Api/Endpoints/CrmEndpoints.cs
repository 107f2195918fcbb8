using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>Looks into a tenant's CRM, for people. Hosts implement it over the CRM that they have.</summary>
public interface ICrmBrowser
{
    /// <summary>Records in a stable order, at most <paramref name="limit"/>.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="entity">Which kind.</param>
    /// <param name="search">Only those that hold this text, without case; null for all.</param>
    /// <param name="after">The place that the page before named; null for the beginning.</param>
    /// <param name="limit">Most to answer, 1 to 1,000.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<CrmListing> ListAsync(TenantId tenant, Entity entity, string? search, string? after, int limit, CancellationToken cancellation);

    /// <summary>One record; null for none.</summary>
    Task<CrmRecord?> FindAsync(TenantId tenant, Entity entity, CrmId id, CancellationToken cancellation);
}

/// <summary>A page of the CRM's records.</summary>
/// <param name="Records">The records.</param>
/// <param name="Next">The place at which the next page begins, in the browser's own words; null at the end.</param>
public sealed record CrmListing(IReadOnlyList<CrmRecord> Records, string? Next);

/// <summary>Browsing the CRM.</summary>
public static class CrmEndpoints
{
    private const int LongestSearch = 200;

    /// <summary>GET …/crm/{entity}: records that hold a text, or all.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, string entity, [FromServices] ICrmBrowser crm, string? search, string? continuation, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(crm);
        if (Stages.Parse(entity) is not { } parsed || !Stages.InCrm.Contains(parsed))
        {
            return LinkEndpoints.EntityUnknown();
        }

        if (search?.Length > LongestSearch)
        {
            return ApiProblems.Of(new Refusal(
                RefusalKind.Invalid, "search-too-long", $"The search is longer than {LongestSearch} characters.", "Search for less.")
            { Field = "search" });
        }

        var list = $"crm|{tenant}|{parsed}|{search}";
        var query = new QueryReader();
        var size = query.Limit(limit);
        var after = query.Continuation(continuation, list);
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var listing = await crm.ListAsync(
            new TenantId(tenant), parsed, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), after, size, cancellation).ConfigureAwait(false);
        return Answers.Ok(new Page<CrmRecord>(listing.Records, listing.Next is null ? null : ContinuationToken.Write(list, listing.Next)));
    }

    /// <summary>GET …/crm/{entity}/{id}.</summary>
    public static async Task<IResult> GetAsync(string tenant, string entity, string id, [FromServices] ICrmBrowser crm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(crm);
        if (Stages.Parse(entity) is not { } parsed || !Stages.InCrm.Contains(parsed))
        {
            return LinkEndpoints.EntityUnknown();
        }

        var record = await crm.FindAsync(new TenantId(tenant), parsed, new CrmId(id), cancellation).ConfigureAwait(false);
        return record is null
            ? ApiProblems.Of(new Refusal(RefusalKind.NotFound, "record-unknown", "The CRM has no such record.", "Check the id.") { Field = "id" })
            : Answers.Ok(record);
    }
}
