using CrmSync.Core.Records;
using CrmSync.Scim.Client;
using CrmSync.Scim.Discovery;
using CrmSync.Scim.Mapping;

namespace CrmSync.Scim.Reading;

/// <summary>One reading by cursor (RFC 9865): all parameters but the cursor stay the same, and it ends where no further cursor is given.</summary>
internal sealed class CursorWalk(ServerProfile profile) : IPageWalk
{
    private readonly HashSet<CrmId> _seen = [];
    private readonly HashSet<string> _cursors = [];
    private string? _cursor = "";
    private int? _total;
    private string? _doubt;

    public string? Next => _cursor is null ? null : FormattableString.Invariant($"count={profile.PageSize}&cursor={Uri.EscapeDataString(_cursor)}");

    public string? Doubt => _doubt ?? (_total is { } total && total != _seen.Count ? $"it counts {total} users and shows {_seen.Count}." : null);

    /// <summary>Whether a cursor has grown too old, so that the reading begins anew.</summary>
    public static bool IsStale(Fault fault) => fault.Status == 400
        && (string.Equals(fault.ScimType, "expiredCursor", StringComparison.OrdinalIgnoreCase)
            || string.Equals(fault.ScimType, "invalidCursor", StringComparison.OrdinalIgnoreCase));

    public void Take(ListPage page)
    {
        foreach (var user in page.Users)
        {
            if (UserReader.Id(user) is not { } id)
            {
                Break("a user has no id.");
                return;
            }

            _seen.Add(id);
        }

        (_total, _cursor) = (page.Total, page.NextCursor);
        if (_cursor is not null && !_cursors.Add(_cursor))
        {
            Break("its pages go round in a circle.");
        }
    }

    public void Break(string why) => (_cursor, _doubt) = (null, why);
}
