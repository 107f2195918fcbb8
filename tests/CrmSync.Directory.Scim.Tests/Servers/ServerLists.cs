using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CrmSync.Scim.Tests.Servers;

/// <summary>Lists of users: by filter, by index, by cursor.</summary>
internal sealed class ServerLists(ScimStore store, ScimServerOptions options)
{
    private int _pages;
    private int _expired;
    private int _shifts;

    public Task AnswerAsync(HttpContext http)
    {
        var query = http.Request.Query;
        List<JsonObject> users;
        lock (store.Lock)
        {
            users = store.Search();
        }

        if (query.TryGetValue("filter", out var filter))
        {
            return FilterAsync(http, users, filter!);
        }

        if (query.TryGetValue("sortBy", out var sort) && sort == "id")
        {
            users = [.. users.OrderBy(ScimStore.IdOf, StringComparer.Ordinal)];
        }

        var count = Math.Min(Number(query["count"]) ?? options.PageLimit, options.PageLimit);
        return options.Cursors || options.CursorsUnasked ? CursorAsync(http, users, query["cursor"].ToString(), count)
            : IndexAsync(http, users, Math.Max(1, Number(query["startIndex"]) ?? 1), count);
    }

    private Task FilterAsync(HttpContext http, List<JsonObject> users, string filter)
    {
        if (ServerFilter.Parse(filter) is not var (attribute, value))
        {
            return ServerAnswers.ErrorAsync(http, options.Refusal == FilterRefusal.ServerError ? 500 : 400, "invalidFilter", options);
        }

        if (options.FilterableBy is { } able && !able.Contains(attribute, StringComparer.OrdinalIgnoreCase))
        {
            switch (options.Refusal)
            {
                case FilterRefusal.InvalidFilter:
                    return ServerAnswers.ErrorAsync(http, 400, "invalidFilter", options);
                case FilterRefusal.ServerError:
                    return ServerAnswers.ErrorAsync(http, 500, null, options);
                case FilterRefusal.NotImplemented:
                    return ServerAnswers.ErrorAsync(http, 501, null, options);
                case FilterRefusal.NobodyFound:
                    return ListAsync(http, [], 0, null);
                case FilterRefusal.EverybodyFound:
                    return ListAsync(http, users, users.Count, null);
            }
        }

        lock (store.Lock)
        {
            users = users.FindAll(user => ServerFilter.Matches(user, attribute, value, options.CaseSensitiveNames));
        }

        return ListAsync(http, users, users.Count, null);
    }

    private Task IndexAsync(HttpContext http, List<JsonObject> users, int start, int count)
    {
        if (http.Request.Query.ContainsKey("cursor"))
        {
            return ServerAnswers.ErrorAsync(http, 400, "invalidSyntax", options);
        }

        var total = users.Count + (start > 1 && _shifts++ < options.ShiftingTotals ? 1 : 0);
        return ListAsync(http, [.. users.Skip(start - 1).Take(count)], total, null);
    }

    // A cursor names the last user shown: nothing shifts under it.
    private Task CursorAsync(HttpContext http, List<JsonObject> users, string cursor, int count)
    {
        if (cursor.Length > 0 && http.Request.Query.ContainsKey("startIndex"))
        {
            return ServerAnswers.ErrorAsync(http, 400, "invalidSyntax", options);
        }

        if (options.CursorsExpireAfter > 0 && _expired == 0 && ++_pages > options.CursorsExpireAfter && cursor.Length > 0)
        {
            _expired++;
            return ServerAnswers.ErrorAsync(http, 400, "expiredCursor", options);
        }

        var rest = users.Where(user => string.CompareOrdinal(ScimStore.IdOf(user), cursor) > 0).OrderBy(ScimStore.IdOf, StringComparer.Ordinal).ToList();
        var page = rest.Take(count).ToList();
        return ListAsync(http, page, users.Count, rest.Count > count ? ScimStore.IdOf(page[^1]) : null);
    }

    private Task ListAsync(HttpContext http, List<JsonObject> users, int total, string? cursor)
    {
        var list = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse") };
        if (options.TellsTotals)
        {
            list["totalResults"] = total;
        }

        if (cursor is not null)
        {
            list["nextCursor"] = cursor;
        }

        if (users.Count > 0)
        {
            lock (store.Lock)
            {
                list[options.LowerCaseResources ? "resources" : "Resources"] = new JsonArray([.. users.Select(user => user.DeepClone())]);
            }
        }

        return ServerAnswers.SendAsync(http, 200, list);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
