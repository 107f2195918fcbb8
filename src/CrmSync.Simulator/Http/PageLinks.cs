using CrmSync.Simulator.Lists;

namespace CrmSync.Simulator.Http;

/// <summary>The <c>Link</c> header of a list, with absolute addresses.</summary>
internal static class PageLinks
{
    public static string? For(ApiRequest request, ListQuery query, ListPage page)
    {
        if (page.Total is not { } total)
        {
            // Always sent in this mode; empty once there is nothing left to go on from.
            return page.Keys.Count == 0 ? "" : Link(request.With("pageId", page.Keys[^1].Id), "next");
        }

        var last = Math.Max(1, ((total - 1) / query.PageSize) + 1);
        var links = new List<string>(4);
        if (query.Page < last)
        {
            links.Add(Link(request.With("page", query.Page + 1), "next"));
            links.Add(Link(request.With("page", last), "last"));
        }

        if (query.Page > 1)
        {
            links.Add(Link(request.With("page", 1), "first"));
            links.Add(Link(request.With("page", Math.Min(last, query.Page - 1)), "prev"));
        }

        return links.Count == 0 ? null : string.Join(", ", links);
    }

    private static string Link(string address, string relation) => $"<{address}>; rel=\"{relation}\"";
}
