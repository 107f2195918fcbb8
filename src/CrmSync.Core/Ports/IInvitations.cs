using CrmSync.Core.Records;

namespace CrmSync.Core.Ports;

/// <summary>Who was invited (EM-7). An employee has at most one invitation, and its states only ever move forward as each member says.</summary>
public interface IInvitationStore
{
    /// <summary>
    /// Stores an invitation in the state <see cref="InvitationState.Waiting"/> or <see cref="InvitationState.Due"/>, unless the employee has one: then nothing
    /// changes.
    /// </summary>
    Task AddAsync(TenantId tenant, Invitation invitation, CancellationToken cancellation);

    /// <summary>
    /// Gives an invitation another address and name as long as no message has gone to the old one: in the states <see cref="InvitationState.Waiting"/>,
    /// <see cref="InvitationState.Due"/> and <see cref="InvitationState.Refused"/>. In any other, and where there is none, nothing changes.
    /// </summary>
    Task ReaddressAsync(TenantId tenant, CrmId employee, string email, string name, CancellationToken cancellation);

    /// <summary>
    /// Moves an invitation from <see cref="InvitationState.Waiting"/> or <see cref="InvitationState.Refused"/> to <see cref="InvitationState.Due"/>; false
    /// where it is in another state or not there.
    /// </summary>
    Task<bool> TryReleaseAsync(TenantId tenant, CrmId employee, CancellationToken cancellation);

    /// <summary>
    /// Moves a due invitation to <see cref="InvitationState.Sending"/> with the hash of its token, before anything is sent: of any number of callers exactly
    /// one gets true. Whoever dies afterwards leaves it so, and nobody sends it again by itself.
    /// </summary>
    Task<bool> TryTakeAsync(TenantId tenant, CrmId employee, string tokenHash, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>
    /// Moves an invitation from <see cref="InvitationState.Sending"/> to <see cref="InvitationState.Sent"/>, or for an error to
    /// <see cref="InvitationState.Refused"/>.
    /// </summary>
    Task CompleteAsync(TenantId tenant, CrmId employee, DateTimeOffset at, string? error, CancellationToken cancellation);

    /// <summary>
    /// An administrator's word that an invitation whose fate is unknown may be sent again: from <see cref="InvitationState.Sending"/>, begun before a time, to
    /// <see cref="InvitationState.Due"/>. False where it is in another state, younger, or not there.
    /// </summary>
    Task<bool> TryReviveAsync(TenantId tenant, CrmId employee, DateTimeOffset begunBefore, CancellationToken cancellation);

    /// <summary>
    /// Redeems a one-time link: the sent or sending invitation of this token, which moves to <see cref="InvitationState.Redeemed"/>; null where there is none
    /// that is still open. Of any number of callers exactly one gets it.
    /// </summary>
    Task<Invitation?> RedeemAsync(TenantId tenant, string tokenHash, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>One employee's invitation; null for none.</summary>
    Task<Invitation?> FindAsync(TenantId tenant, CrmId employee, CancellationToken cancellation);

    /// <summary>All of a tenant's invitations, in the order of the employees' ids.</summary>
    Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, CancellationToken cancellation);
}

/// <summary>Where an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>Not invited: somebody does it by hand, or invitations are held.</summary>
    Waiting,

    /// <summary>To be sent by the run that is at work, or the next one.</summary>
    Due,

    /// <summary>Handed to the mail server, or about to be. One that stays so was interrupted: whether it arrived is unknown.</summary>
    Sending,

    /// <summary>The mail server has accepted it.</summary>
    Sent,

    /// <summary>The mail server has refused it for good.</summary>
    Refused,

    /// <summary>Its link was used.</summary>
    Redeemed,
}

/// <summary>One employee's invitation.</summary>
public sealed record Invitation
{
    /// <summary>The employee.</summary>
    public required CrmId Employee { get; init; }

    /// <summary>The address it goes to.</summary>
    public required string Email { get; init; }

    /// <summary>The employee's name, for the salutation.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required InvitationState State { get; init; }

    /// <summary>SHA-256 of the link's token as lower-case hex; null before it was taken. The token itself is kept nowhere.</summary>
    public string? TokenHash { get; init; }

    /// <summary>When it moved to its state, as far as it was told; null before it was taken.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public string? Error { get; init; }
}

/// <summary>Sends invitations as e-mail.</summary>
public interface IInvitationSender
{
    /// <summary>
    /// Sends one message, HTML and plain text, or says why not. The answer is final: a message is offered to the server once, and whoever gets no answer to
    /// the offered message is told that its fate is unknown.
    /// </summary>
    Task<MailOutcome> SendAsync(MailServer server, InvitationMail mail, CancellationToken cancellation);

    /// <summary>Tests a mail server without sending: reachable, encrypted as set, credentials taken.</summary>
    Task<ConnectionCheck> TestAsync(MailServer server, CancellationToken cancellation);
}

/// <summary>What became of a message.</summary>
/// <param name="Fate">Its fate.</param>
/// <param name="Error">What the server said, or what went wrong, without anything secret; null where it was accepted.</param>
public sealed record MailOutcome(MailFate Fate, string? Error = null);

/// <summary>The fates of a message.</summary>
public enum MailFate
{
    /// <summary>The server has accepted it.</summary>
    Accepted,

    /// <summary>The server has refused this message; another try would end the same.</summary>
    Refused,

    /// <summary>It was not offered, or put off: nothing was sent, and another try may succeed.</summary>
    NotSent,

    /// <summary>It was offered, and no answer came: it may arrive or not.</summary>
    Unknown,
}

/// <summary>A mail server and who sends through it.</summary>
/// <param name="Settings">Where and how.</param>
/// <param name="Password">The user's password; null where there is no user.</param>
public sealed record MailServer(Employees.MailSettings Settings, string? Password)
{
    /// <summary>The address only: a server that ends up in a log by accident does not take its password along.</summary>
    public override string ToString() => $"{Settings.Host}:{Settings.Port}";
}

/// <summary>An invitation as it is sent.</summary>
/// <param name="To">The address.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The same as HTML.</param>
/// <param name="MessageId">The message's own id, the same for the same invitation and token.</param>
public sealed record InvitationMail(string To, string Name, string Subject, string Text, string Html, string MessageId);
