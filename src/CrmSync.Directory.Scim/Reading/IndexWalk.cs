using CrmSync.Core.Records;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim.Reading;

/// <summary>
/// One reading by index. There is no snapshot behind the pages, so each begins with the last user of the one before: where another stands there,
/// something shifted. In the end as many users were seen as the directory counts, and it counted the same all along.
/// </summary>
/// <param name="profile">The directory.</param>
/// <param name="lenient">Whether pages may come in no firm order, as long as each user was seen and the count stands.</param>
internal sealed class IndexWalk(ServerProfile profile, bool lenient) : IPageWalk
{
    private readonly HashSet<CrmId> _seen = [];
    private int _start = 1;
    private int? _total;
    private CrmId? _last;
    private bool _ended;
    private string? _doubt;

    /// <summary>Whether nothing was read yet.</summary>
    public bool IsFirst { get; private set; } = true;

    public string? Next => _ended ? null
        : FormattableString.Invariant($"startIndex={_start}&count={profile.PageSize}{(profile.Sort ? "&sortBy=id&sortOrder=ascending" : "")}");

    public string? Doubt => _doubt ?? (_total is { } total && total != _seen.Count ? $"it counts {total} users and shows {_seen.Count}." : null);

    public void Take(ListPage page)
    {
        var ids = page.Users.Select(UserReader.Id).ToList();
        if (ids.Contains(null))
        {
            Break("a user has no id.");
            return;
        }

        if (!IsFirst && page.Total != _total)
        {
            Break("the number of users changed meanwhile.");
            return;
        }

        if (!lenient && _last is not null && ids.Count > 0 && ids[0] != _last)
        {
            Break("users shifted between two pages.");
            return;
        }

        var before = _seen.Count;
        _seen.UnionWith(ids.OfType<CrmId>());
        (_total, IsFirst) = (page.Total, false);
        _ended = _seen.Count == before || (_total is { } total && _seen.Count >= total);
        _last = ids.LastOrDefault();

        // One further than the overlap even where a page holds a single user.
        _start += ids.Count > 1 ? ids.Count - 1 : ids.Count;
        _last = ids.Count > 1 ? _last : null;
    }

    public void Break(string why) => (_ended, _doubt) = (true, why);
}
