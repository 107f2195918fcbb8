using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Members, users and their links at one moment, with who could be linked with whom.</summary>
internal sealed class UserDirectory
{
    /// <summary>The run that links of users name where no run made them.</summary>
    public static readonly RunId ByAddress = new("set-up");

    /// <summary>The run that links of invited users name.</summary>
    public static readonly RunId ByInvitation = new("invitation");

    private readonly Dictionary<ConnectWiseId, Link> _links;
    private readonly ILookup<string, CrmRecord> _usersByAddress;
    private readonly HashSet<CrmId> _linkedUsers;

    private UserDirectory(IReadOnlyList<ConnectWiseMember> members, IReadOnlyList<CrmRecord> users, IEnumerable<Link> links)
    {
        Members = members;
        var present = users.Select(user => user.Id).ToHashSet();

        // A link whose user has gone links nobody: the member may be linked or invited anew.
        _links = links.Where(link => present.Contains(link.Crm)).ToDictionary(link => link.ConnectWise);
        _linkedUsers = _links.Values.Select(link => link.Crm).ToHashSet();
        _usersByAddress = users.Where(user => Address(user.Fields[FieldKeys.Email]) is not null).ToLookup(user => Address(user.Fields[FieldKeys.Email])!);
    }

    public IReadOnlyList<ConnectWiseMember> Members { get; }

    public static async Task<UserDirectory> ReadAsync(IConnectWise connectWise, ICrm crm, ILinkStore links, TenantId tenant, CancellationToken cancellation)
    {
        var members = await connectWise.ReadMembersAsync(cancellation).ConfigureAwait(false);
        var users = new List<CrmRecord>();
        await foreach (var user in crm.ReadAllAsync(Entity.User, cancellation).ConfigureAwait(false))
        {
            users.Add(user);
        }

        var known = await links.ReadRangeAsync(tenant, Entity.User, new IdRange(0, null), cancellation).ConfigureAwait(false);
        return new UserDirectory(members, users, known);
    }

    public static string? Address(string? email) => string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToLowerInvariant();

    /// <summary>The mapping of a member's type; null where it was not chosen.</summary>
    public static TypeMapping? Chosen(ConnectWiseMember member, UsersSettings settings) => settings.Types.FirstOrDefault(type => type.ConnectWise == member.TypeId);

    public Link? LinkOf(ConnectWiseId member) => _links.GetValueOrDefault(member);

    /// <summary>
    /// The members of chosen types that share a member's address. Those who have left count only where nobody active carries it,
    /// so that an old login does not stand in the way of the new one.
    /// </summary>
    public IReadOnlyList<ConnectWiseMember> Sharing(string address, UsersSettings settings)
    {
        var all = Members.Where(member => Address(member.Email) == address && Chosen(member, settings) is not null).ToList();
        return all.Any(member => !member.Inactive) ? [.. all.Where(member => !member.Inactive)] : all;
    }

    /// <summary>Pairs the chosen members that have no link with the users of the same address, without a guess between several.</summary>
    public (IReadOnlyList<Link> Links, UserLinkReport Report) Pair(UsersSettings settings)
    {
        var chosen = Members.Where(member => Chosen(member, settings) is not null).ToList();
        var links = new List<Link>();
        var ambiguous = new List<AmbiguousAddress>();
        var unmatched = chosen.Count(member => LinkOf(member.Id) is null && Address(member.Email) is null);
        foreach (var address in chosen.Where(member => LinkOf(member.Id) is null).Select(member => Address(member.Email)).OfType<string>().Distinct())
        {
            var sharing = Sharing(address, settings);
            var members = sharing.Where(member => LinkOf(member.Id) is null).ToList();
            var users = _usersByAddress[address].ToList();
            var free = users.Where(user => !_linkedUsers.Contains(user.Id)).ToList();
            if (members.Count == 0 || free.Count == 0)
            {
                unmatched += members.Count;
            }
            else if (sharing.Count > 1 || users.Count > 1)
            {
                ambiguous.Add(new AmbiguousAddress([.. sharing.Select(member => member.Id)], [.. users.Select(user => user.Id)]));
            }
            else
            {
                links.Add(NewLink(members[0], free[0].Id, ByAddress));
            }
        }

        return (links, new UserLinkReport
        {
            Linked = [.. links.Select(link => new UserLink(link.ConnectWise, link.Crm))],
            LinkedBefore = chosen.Count(member => LinkOf(member.Id) is not null),
            Unmatched = unmatched,
            Ambiguous = ambiguous,
        });
    }

    public static Link NewLink(ConnectWiseMember member, CrmId user, RunId by) => new()
    {
        ConnectWise = member.Id,
        Crm = user,
        Type = member.TypeId,
        ConnectWiseSnapshot = new FieldValues(0),
        CrmSnapshot = new FieldValues(0),
        Run = by,
    };
}
