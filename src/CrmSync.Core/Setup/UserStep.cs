using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>Links members with users, and invites those that have none (SU-3, SU-4).</summary>
internal sealed class UserStep(ISystems systems, ILinkStore links)
{
    public async Task<UserDirectory> ReadAsync(TenantId tenant, CancellationToken cancellation)
    {
        var connectWise = await systems.ConnectWiseAsync(tenant, cancellation).ConfigureAwait(false);
        var crm = await systems.CrmAsync(tenant, cancellation).ConfigureAwait(false);
        return await UserDirectory.ReadAsync(connectWise, crm, links, tenant, cancellation).ConfigureAwait(false);
    }

    public async Task<UserLinkReport> LinkAsync(TenantId tenant, UserDirectory directory, UsersSettings settings, CancellationToken cancellation)
    {
        var (found, report) = directory.Pair(settings);
        var refused = found.Count == 0 ? [] : await links.WriteAsync(tenant, Entity.User, found, cancellation).ConfigureAwait(false);
        return report with { Linked = [.. report.Linked.Where(link => !refused.Contains(link.Member))] };
    }

    public static IReadOnlyList<MemberView> View(UserDirectory directory, UsersSettings? settings) =>
    [
        .. directory.Members.Select(member =>
        {
            var chosen = settings is null ? null : UserDirectory.Chosen(member, settings);
            var link = directory.LinkOf(member.Id);
            return new MemberView
            {
                Id = member.Id,
                Identifier = member.Identifier,
                Name = member.Name,
                Email = member.Email,
                Type = member.TypeId,
                Inactive = member.Inactive,
                Chosen = chosen is not null,
                Role = chosen?.Crm,
                State = link is null ? MemberState.NotLinked : StateOf(link),
                Crm = link?.Crm,
            };
        }),
    ];

    /// <summary>Invites members; the answers stand in the order of the ids, one for each different id.</summary>
    public async Task<IReadOnlyList<InvitationResult>> InviteAsync(
        TenantId tenant, string company, UsersSettings settings, IReadOnlyList<ConnectWiseId> ids, CancellationToken cancellation)
    {
        var directory = await ReadAsync(tenant, cancellation).ConfigureAwait(false);
        var answers = new Dictionary<ConnectWiseId, InvitationResult>();
        var invited = new List<(ConnectWiseMember Member, UserInvitation Invitation)>();
        foreach (var id in ids.Distinct())
        {
            var member = directory.Members.FirstOrDefault(candidate => candidate.Id == id);
            if (Refuse(id, member, directory, settings) is { } answer)
            {
                answers.Add(id, answer);
            }
            else
            {
                var role = UserDirectory.Chosen(member!, settings)!.Crm ?? string.Empty;
                invited.Add((member!, new UserInvitation(member!.Email!.Trim(), member.Name, role, ExternalKeys.Of(company, Entity.User, id))));
            }
        }

        var crm = await systems.CrmAsync(tenant, cancellation).ConfigureAwait(false);
        foreach (var batch in invited.Chunk(Math.Max(1, crm.Capabilities.BatchSize)))
        {
            foreach (var answer in await InviteBatchAsync(tenant, crm, batch, cancellation).ConfigureAwait(false))
            {
                answers.Add(answer.Member, answer);
            }
        }

        return [.. ids.Distinct().Select(id => answers[id])];
    }

    private async Task<IReadOnlyList<InvitationResult>> InviteBatchAsync(
        TenantId tenant, ICrm crm, (ConnectWiseMember Member, UserInvitation Invitation)[] batch, CancellationToken cancellation)
    {
        var results = await crm.InviteAsync([.. batch.Select(entry => entry.Invitation)], cancellation).ConfigureAwait(false);
        var found = batch.Zip(results).Where(pair => pair.Second.Id is not null)
            .Select(pair => UserDirectory.NewLink(pair.First.Member, pair.Second.Id!.Value, pair.Second.Created ? UserDirectory.ByInvitation : UserDirectory.ByAddress))
            .ToList();

        // What was sent must be remembered even where the caller has gone meanwhile.
        var refused = await links.WriteAsync(tenant, Entity.User, found, CancellationToken.None).ConfigureAwait(false);
        return [.. batch.Zip(results, (entry, result) => Answer(entry.Member.Id, result, refused.Contains(entry.Member.Id)))];
    }

    private static InvitationResult Answer(ConnectWiseId member, CrmWriteResult result, bool taken)
    {
        if (result.Id is null)
        {
            return Refused(member, "crm-refused", result.Error?.Message ?? "The CRM did not invite the user.", "See the CRM's own message.");
        }

        return taken
            ? Refused(member, "link-taken", "The CRM's user of this address belongs to another member.", "Give the two members different addresses in ConnectWise.")
            : new InvitationResult { Member = member, Outcome = result.Created ? InvitationOutcome.Invited : InvitationOutcome.AlreadyLinked, Crm = result.Id };
    }

    private static InvitationResult? Refuse(ConnectWiseId id, ConnectWiseMember? member, UserDirectory directory, UsersSettings settings)
    {
        if (member is null)
        {
            return Refused(id, "member-unknown", $"ConnectWise has no member {id}.", "Choose a member from the list.");
        }

        if (directory.LinkOf(id) is { } link)
        {
            var outcome = StateOf(link) == MemberState.Invited ? InvitationOutcome.AlreadyInvited : InvitationOutcome.AlreadyLinked;
            return new InvitationResult { Member = id, Outcome = outcome, Crm = link.Crm };
        }

        if (member.Inactive)
        {
            return Refused(id, "member-inactive", $"The member {id} is inactive in ConnectWise.", "Make it active in ConnectWise first.");
        }

        if (UserDirectory.Chosen(member, settings) is null)
        {
            return Refused(id, "member-not-chosen", $"The type of the member {id} is not among those that become users.", "Add its type in the step \"users\" first.");
        }

        if (UserDirectory.Address(member.Email) is not { } address)
        {
            return Refused(id, "member-without-address", $"The member {id} has no e-mail address.", "Give it one in ConnectWise.");
        }

        return directory.Sharing(address, settings).Count > 1
            ? Refused(id, "address-ambiguous", $"The member {id} shares its e-mail address with another member.", "Give the two members different addresses in ConnectWise.")
            : null;
    }

    private static InvitationResult Refused(ConnectWiseId member, string code, string message, string remedy) =>
        new() { Member = member, Outcome = InvitationOutcome.Refused, Code = code, Message = message, Remedy = remedy };

    private static MemberState StateOf(Link link) => link.Run == UserDirectory.ByInvitation ? MemberState.Invited : MemberState.Linked;
}
