using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>Which invitations are to be sent.</summary>
public sealed record InvitationRelease
{
    /// <summary>The employees; null for all that wait.</summary>
    public IReadOnlyList<CrmId>? Employees { get; init; }

    /// <summary>The administrator's word that those whose fate is unknown may be sent again: it may be the second for them.</summary>
    public bool Unknown { get; init; }
}

/// <summary>What became of a release.</summary>
/// <param name="Released">The employees whose invitations are sent now.</param>
/// <param name="Left">Those that were meant and are not: inactive or not linked, sent already, redeemed, unknown, or without an invitation.</param>
/// <param name="Run">The run that sends them; null where the one that is at work does, or nothing was released.</param>
public sealed record InvitationsReleased(IReadOnlyList<CrmId> Released, IReadOnlyList<CrmId> Left, RunId? Run);

/// <summary>An employee as the sync knows it.</summary>
public sealed record EmployeeView
{
    /// <summary>The member.</summary>
    public required ConnectWiseId Member { get; init; }

    /// <summary>The employee.</summary>
    public required CrmId Employee { get; init; }

    /// <summary>The fields as the directory held them after the last sync.</summary>
    public required FieldValues Fields { get; init; }

    /// <summary>The run that last wrote the link.</summary>
    public required RunId Run { get; init; }

    /// <summary>Where the invitation stands; null where there is none.</summary>
    public InvitationState? Invitation { get; init; }
}

/// <summary>Employees and their invitations (EM-7).</summary>
/// <param name="links">Who is linked.</param>
/// <param name="invitations">Who was invited.</param>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="syncs">Starts the run that sends.</param>
/// <param name="time">The clock.</param>
public sealed class InvitationService(ILinkStore links, IInvitationStore invitations, ISetupStore setups, EmployeeSyncService syncs, TimeProvider time)
{
    // One that was begun just now may be with the mail server this moment.
    private static readonly TimeSpan MayStillBeUnderWay = TimeSpan.FromMinutes(15);

    /// <summary>The linked employees of a range of members, in the order of the members.</summary>
    public async Task<IReadOnlyList<EmployeeView>> EmployeesAsync(TenantId tenant, IdRange range, CancellationToken cancellation)
    {
        var known = (await invitations.ListAsync(tenant, cancellation).ConfigureAwait(false)).ToDictionary(invitation => invitation.Employee);
        var linked = await links.ReadRangeAsync(tenant, Entity.Employee, range, cancellation).ConfigureAwait(false);
        return
        [
            .. linked.Select(link => new EmployeeView
            {
                Member = link.ConnectWise,
                Employee = link.Crm,
                Fields = link.CrmSnapshot,
                Run = link.Run,
                Invitation = known.TryGetValue(link.Crm, out var invitation) ? invitation.State : null,
            }),
        ];
    }

    /// <summary>All invitations in a state, or in any for null, without the hashes of their tokens.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(TenantId tenant, InvitationState? state, CancellationToken cancellation) =>
    [
        .. (await invitations.ListAsync(tenant, cancellation).ConfigureAwait(false)).Where(invitation => state is null || invitation.State == state)
            .Select(invitation => invitation with { TokenHash = null }),
    ];

    /// <summary>
    /// Releases invitations and sends them. Nobody gets a second one but by the explicit word of <see cref="InvitationRelease.Unknown"/>. Refused:
    /// "employees-not-saved", "mail-missing".
    /// </summary>
    public async Task<Result<InvitationsReleased>> ReleaseAsync(TenantId tenant, InvitationRelease release, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(release);
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Employees is not { } settings)
        {
            return EmployeeSetup.NotSaved();
        }

        if (settings.Mail is null)
        {
            return new Refusal(RefusalKind.Conflict, "mail-missing", "There is no mail server to send invitations through.",
                "Set one in the settings of the sync.");
        }

        var wanted = release.Employees ?? [.. (await invitations.ListAsync(tenant, cancellation).ConfigureAwait(false))
            .Where(invitation => invitation.State == InvitationState.Waiting || (release.Unknown && invitation.State == InvitationState.Sending))
            .Select(invitation => invitation.Employee)];
        var active = await ActiveEmployees.OfAsync(links, tenant, cancellation).ConfigureAwait(false);
        var released = new List<CrmId>();
        foreach (var employee in wanted.Distinct().Where(employee => active.Contains(employee)))
        {
            if (await invitations.TryReleaseAsync(tenant, employee, cancellation).ConfigureAwait(false)
                || (release.Unknown && await invitations.TryReviveAsync(
                    tenant, employee, time.GetUtcNow() - MayStillBeUnderWay, cancellation).ConfigureAwait(false)))
            {
                released.Add(employee);
            }
        }

        // A sync that is at work sends what is due when it comes to it.
        var run = released.Count == 0 ? null
            : (await syncs.StartAsync(tenant, new EmployeeOrder { InvitationsOnly = true }, cancellation).ConfigureAwait(false)).Value;
        return new InvitationsReleased(released, [.. wanted.Distinct().Except(released)], run?.Id);
    }

    /// <summary>Redeems the one-time link of an invitation: of any number of callers one gets it. Refused: "token-unknown".</summary>
    public async Task<Result<Invitation>> RedeemAsync(TenantId tenant, string token, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(token);
        var found = await invitations.RedeemAsync(tenant, InvitationToken.HashOf(token), time.GetUtcNow(), cancellation).ConfigureAwait(false);
        return found is null
            ? new Refusal(RefusalKind.NotFound, "token-unknown", "The link is unknown, or has been used.", "Ask for another invitation.") { Field = "/token" }
            : found with { TokenHash = null };
    }
}
