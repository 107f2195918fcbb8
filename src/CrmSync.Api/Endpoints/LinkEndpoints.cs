using CrmSync.Api.Http;
using CrmSync.Api.Problems;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CrmSync.Api.Endpoints;

/// <summary>One link, without what its sides held.</summary>
/// <param name="ConnectWise">The ConnectWise record.</param>
/// <param name="Crm">The CRM record.</param>
/// <param name="Type">The ConnectWise type by which it came in; null for none.</param>
/// <param name="ConnectWiseUpdatedAt">ConnectWise's time of the last change that was synchronised.</param>
/// <param name="Run">The run that last wrote it; "set-up" and "invitation" for users.</param>
public sealed record LinkView(ConnectWiseId ConnectWise, CrmId Crm, long? Type, DateTimeOffset? ConnectWiseUpdatedAt, RunId Run);

/// <summary>A page of links.</summary>
/// <param name="Items">The links, in the order of their ConnectWise ids.</param>
/// <param name="After">What to send as "after" for the next page; null at the end.</param>
public sealed record LinkPage(IReadOnlyList<LinkView> Items, ConnectWiseId? After);

/// <summary>The lasting pairs of records.</summary>
public static class LinkEndpoints
{
    /// <summary>GET …/links/{entity}: in the order of their ConnectWise ids.</summary>
    public static async Task<IResult> ListAsync(
        string tenant, string entity, [FromServices] ILinkStore links, string? after, string? limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(links);
        if (Stages.Parse(entity) is not { } parsed)
        {
            return EntityUnknown();
        }

        var query = new QueryReader();
        var size = query.Limit(limit);
        var begin = after == "0" ? 0 : query.Id(after, "after")?.Value ?? 0;
        if (query.Refusal is { } refusal)
        {
            return ApiProblems.Of(refusal);
        }

        var read = await ReadAsync(links, new TenantId(tenant), parsed, begin, size + 1, cancellation).ConfigureAwait(false);
        var items = read.Take(size).Select(link => new LinkView(link.ConnectWise, link.Crm, link.Type, link.ConnectWiseUpdatedAt, link.Run)).ToList();
        return Answers.Ok(new LinkPage(items, read.Count > size ? items[^1].ConnectWise : null));
    }

    internal static ProblemResult EntityUnknown() => ApiProblems.Of(new Refusal(
        RefusalKind.NotFound, "entity-unknown", "There is no such kind of record.",
        $"Give one of {string.Join(", ", Enum.GetValues<Entity>().Select(Stages.NameOf))}.")
    { Field = "entity" });

    // The store reads ranges. Ids lie close together as a rule, so a window of as many ids as links are wanted nearly fills the page;
    // it grows where they are sparse, so that a gap costs few reads and a page never reads much more than it shows.
    private static async Task<List<Link>> ReadAsync(ILinkStore links, TenantId tenant, Entity entity, long after, int wanted, CancellationToken cancellation)
    {
        var found = new List<Link>();
        long width = wanted;
        while (found.Count < wanted)
        {
            long? upTo = after > long.MaxValue - width || width > int.MaxValue ? null : after + width;
            found.AddRange((await links.ReadRangeAsync(tenant, entity, new IdRange(after, upTo), cancellation).ConfigureAwait(false))
                .Take(wanted - found.Count));
            if (upTo is null)
            {
                break;
            }

            after = upTo.Value;
            width *= 4;
        }

        return found;
    }
}
