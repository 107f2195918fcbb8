using CrmSync.Core.Employees;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>
/// Sends the invitations that are due (EM-7). Each is taken before it is offered, once and for all: whoever dies in between leaves one whose fate is unknown,
/// which nobody sends again by himself.
/// </summary>
internal sealed class InvitationSending(EmployeeServices services)
{
    // A server that puts off so many in a row is not asked any further; the next run goes on.
    private const int Patience = 3;

    public async Task<InvitationsSent> SendAsync(StepContext context, EmployeeInput input)
    {
        var settings = (await services.Setups.ReadAsync(context.Tenant, context.Cancellation).ConfigureAwait(false)).Employees;
        var due = await DueAsync(context).ConfigureAwait(false);
        var (accepted, refused, putOff, trouble) = (0L, 0L, 0, (string?)null);
        if (settings?.Mail is { } mail && due.Count > 0)
        {
            var password = await services.Secrets.ReadAsync(context.Tenant, MailSettings.PasswordSecret, context.Cancellation).ConfigureAwait(false);
            var server = new MailServer(mail, mail.User is null ? null : password);
            foreach (var invitation in due)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                var outcome = await SendAsync(context, server, invitation).ConfigureAwait(false);
                accepted += outcome?.Fate == MailFate.Accepted ? 1 : 0;
                refused += outcome?.Fate == MailFate.Refused ? 1 : 0;
                (putOff, trouble) = outcome is { Fate: MailFate.NotSent } ? (putOff + 1, outcome.Error) : (0, trouble);
                if (putOff == Patience)
                {
                    break;
                }
            }
        }

        var wanted = due.Select(invitation => invitation.Employee).ToHashSet();
        var after = await services.Mail.Store.ListAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var left = after.Count(invitation => invitation.State == InvitationState.Due && wanted.Contains(invitation.Employee));
        return new InvitationsSent(
            accepted, refused, [.. after.Where(invitation => invitation.State == InvitationState.Sending).Select(invitation => invitation.Employee)],
            left, left == 0 ? null : settings?.Mail is null ? "There is no mail server to send them through." : trouble);
    }

    // Whoever has become inactive before the message could be sent gets none; should he come back, it is due again.
    private async Task<IReadOnlyList<Invitation>> DueAsync(StepContext context)
    {
        var all = await services.Mail.Store.ListAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
        var due = all.Where(invitation => invitation.State == InvitationState.Due).ToList();
        var active = due.Count == 0 ? [] : await ActiveEmployees.OfAsync(services.Links, context.Tenant, context.Cancellation).ConfigureAwait(false);
        return due.FindAll(invitation => active.Contains(invitation.Employee));
    }

    // Once it is taken, only the death of the process leaves it as it is: the run's cancellation does not.
    private async Task<MailOutcome?> SendAsync(StepContext context, MailServer server, Invitation invitation)
    {
        var (token, at) = (services.Mail.NewToken(), services.Time.GetUtcNow());
        if (!await services.Mail.Store.TryTakeAsync(context.Tenant, invitation.Employee, token.Hash, at, context.Cancellation).ConfigureAwait(false))
        {
            return null;
        }

        var outcome = await services.Mail.Sender.SendAsync(
            server, InvitationLetter.Compose(server.Settings, invitation, token), CancellationToken.None).ConfigureAwait(false);
        switch (outcome.Fate)
        {
            case MailFate.Accepted:
                await services.Mail.Store.CompleteAsync(
                    context.Tenant, invitation.Employee, services.Time.GetUtcNow(), null, CancellationToken.None).ConfigureAwait(false);
                break;
            case MailFate.Refused:
                await services.Mail.Store.CompleteAsync(
                    context.Tenant, invitation.Employee, services.Time.GetUtcNow(), outcome.Error ?? "The mail server refused it.", CancellationToken.None)
                    .ConfigureAwait(false);
                break;
            case MailFate.NotSent:
                // Nothing has left the house: it is due again.
                await services.Mail.Store.TryReviveAsync(context.Tenant, invitation.Employee, at.AddTicks(1), CancellationToken.None).ConfigureAwait(false);
                break;
            case MailFate.Unknown:
                break;
        }

        return outcome;
    }
}
