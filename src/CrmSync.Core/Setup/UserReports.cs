using CrmSync.Core.Records;

namespace CrmSync.Core.Setup;

/// <summary>How a member stands with the CRM's users.</summary>
public enum MemberState
{
    /// <summary>No user of the CRM belongs to it.</summary>
    NotLinked,

    /// <summary>Linked with a user that the CRM had (SU-3).</summary>
    Linked,

    /// <summary>Invited, and linked with the user that this made (SU-4).</summary>
    Invited,
}

/// <summary>A ConnectWise member with its place in the CRM.</summary>
public sealed record MemberView
{
    /// <summary>Its id.</summary>
    public required ConnectWiseId Id { get; init; }

    /// <summary>Its login name.</summary>
    public required string Identifier { get; init; }

    /// <summary>Its full name.</summary>
    public required string Name { get; init; }

    /// <summary>Its e-mail address; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>Its member type; null for none.</summary>
    public long? Type { get; init; }

    /// <summary>Whether it has left.</summary>
    public required bool Inactive { get; init; }

    /// <summary>Whether its type is among those that were chosen.</summary>
    public required bool Chosen { get; init; }

    /// <summary>The CRM role it becomes; null where it was not chosen, or for "No type".</summary>
    public string? Role { get; init; }

    /// <summary>How it stands.</summary>
    public required MemberState State { get; init; }

    /// <summary>The user it is linked with; null for none.</summary>
    public CrmId? Crm { get; init; }
}

/// <summary>All members, in the order of their ids.</summary>
/// <param name="Members">The members.</param>
public sealed record MemberList(IReadOnlyList<MemberView> Members);

/// <summary>What linking members with users of the same e-mail address did (SU-3).</summary>
public sealed record UserLinkReport
{
    /// <summary>Members that were linked now.</summary>
    public required IReadOnlyList<UserLink> Linked { get; init; }

    /// <summary>How many of the chosen members were linked before.</summary>
    public required int LinkedBefore { get; init; }

    /// <summary>How many of the chosen members no user has the address of: they can be invited.</summary>
    public required int Unmatched { get; init; }

    /// <summary>Addresses that more than one member or more than one user carries: none of them was linked.</summary>
    public required IReadOnlyList<AmbiguousAddress> Ambiguous { get; init; }
}

/// <summary>A member and the user it was linked with.</summary>
/// <param name="Member">The member.</param>
/// <param name="Crm">The user.</param>
public sealed record UserLink(ConnectWiseId Member, CrmId Crm);

/// <summary>An e-mail address that does not tell one person from another.</summary>
/// <param name="Members">The chosen members that carry it.</param>
/// <param name="Users">The users that carry it.</param>
public sealed record AmbiguousAddress(IReadOnlyList<ConnectWiseId> Members, IReadOnlyList<CrmId> Users);

/// <summary>What became of one member's invitation.</summary>
public enum InvitationOutcome
{
    /// <summary>Invited now.</summary>
    Invited,

    /// <summary>Invited before; nothing was sent.</summary>
    AlreadyInvited,

    /// <summary>Linked already, now or before; nothing was sent.</summary>
    AlreadyLinked,

    /// <summary>Not invited, for a reason.</summary>
    Refused,
}

/// <summary>The answers to an invitation, in the order in which the members were named, each once.</summary>
/// <param name="Members">An answer for each member.</param>
public sealed record InvitationReport(IReadOnlyList<InvitationResult> Members);

/// <summary>The answer for one member (SU-4).</summary>
public sealed record InvitationResult
{
    /// <summary>The member.</summary>
    public required ConnectWiseId Member { get; init; }

    /// <summary>What became of it.</summary>
    public required InvitationOutcome Outcome { get; init; }

    /// <summary>The user; null where there is none.</summary>
    public CrmId? Crm { get; init; }

    /// <summary>Why it was refused, as a stable word; null where it was not.</summary>
    public string? Code { get; init; }

    /// <summary>Why it was refused, in words.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Remedy { get; init; }
}
