using CrmSync.Core.Ports;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace CrmSync.Mail;

/// <summary>
/// Sends invitations over SMTP, each over a line of its own, and offers each once. The fate is the server's word by its class: 250 to the whole message is
/// <see cref="MailFate.Accepted"/>, 5xx at any time <see cref="MailFate.Refused"/>, 4xx <see cref="MailFate.NotSent"/>. Without a word of the server it is
/// <see cref="MailFate.NotSent"/> as long as the message was not whole on its way, and <see cref="MailFate.Unknown"/> from then on.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
/// <param name="options">How long it waits; the defaults unless given.</param>
public sealed class SmtpInvitationSender(TimeProvider time, ILogger<SmtpInvitationSender> log, SmtpOptions? options = null) : IInvitationSender
{
    private static readonly TimeSpan PatienceWithGoodbyes = TimeSpan.FromSeconds(5);
    private readonly SmtpOptions _options = options ?? new SmtpOptions();

    /// <inheritdoc />
    /// <remarks>While the whole message is offered, its answer is waited for, whatever the caller wants.</remarks>
    /// <exception cref="OperationCanceledException">The caller wanted no more, and nothing was sent.</exception>
    public async Task<MailOutcome> SendAsync(MailServer server, InvitationMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(mail);
        if (OfferedMessage.SenderOf(server.Settings.From) is not { } sender)
        {
            return new MailOutcome(MailFate.NotSent, "The sender in the settings is no address.");
        }

        if (!OfferedMessage.IsAddress(mail.To))
        {
            return new MailOutcome(MailFate.Refused, "The person's address is no e-mail address.");
        }

        using var message = OfferedMessage.Make(sender, mail, time.GetUtcNow());
        return await SendAsync(server, mail, message, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<ConnectionCheck> TestAsync(MailServer server, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (OfferedMessage.SenderOf(server.Settings.From) is null)
        {
            return Check("The sender in the settings is no address.", "Give an address, or a name with the address in angle brackets.");
        }

        using var patience = new Patience(_options.ConnectPatience, time, () => false, cancellation);
        using var client = SmtpLine.NewClient(_options);
        try
        {
            await SmtpLine.OpenAsync(client, server, patience.Token).ConfigureAwait(false);
            await GoodbyeAsync(client, patience).ConfigureAwait(false);
            return Check(null, null);
        }
        catch (Exception e) when (SmtpFailure.Explain(e) is { } failure)
        {
            cancellation.ThrowIfCancellationRequested();
            Logs.TestFailed(log, server.Settings.Host, failure.Kind, failure.Code);
            return Check(failure.Without(server.Password).Cause, failure.Remedy);
        }
    }

    private async Task<MailOutcome> SendAsync(MailServer server, InvitationMail mail, OfferedMessage message, CancellationToken cancellation)
    {
        using var patience = new Patience(_options.ConnectPatience, time, () => message.Offered, cancellation);
        using var client = SmtpLine.NewClient(_options);
        try
        {
            await SmtpLine.OpenAsync(client, server, patience.Token).ConfigureAwait(false);
            patience.Renew(_options.SendPatience);
            await client.SendAsync(FormatOptions.Default, message.Content, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (SmtpFailure.Explain(e) is { } failure)
        {
            if (!message.Offered)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            return NotAccepted(server, mail, failure, failure.FateOf(message.Offered));
        }

        Logs.Accepted(log, server.Settings.Host, mail.MessageId);
        await GoodbyeAsync(client, patience).ConfigureAwait(false);
        return new MailOutcome(MailFate.Accepted);
    }

    private MailOutcome NotAccepted(MailServer server, InvitationMail mail, SmtpFailure failure, MailFate fate)
    {
        if (fate == MailFate.Unknown)
        {
            Logs.Unknown(log, server.Settings.Host, mail.MessageId, failure.Kind);
        }
        else
        {
            Logs.NotAccepted(log, server.Settings.Host, mail.MessageId, fate, failure.Kind, failure.Code);
        }

        return new MailOutcome(fate, failure.Without(server.Password).WithoutWordsOf(mail.Text).Cause);
    }

    // What was accepted stays so, however the line ends.
    private static async Task GoodbyeAsync(SmtpClient client, Patience patience)
    {
        patience.Renew(PatienceWithGoodbyes);
        try
        {
            await client.DisconnectAsync(quit: true, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (SmtpFailure.Explain(e) is not null)
        {
        }
    }

    private static ConnectionCheck Check(string? cause, string? remedy) => new() { Subject = "mail", Passed = cause is null, Cause = cause, Remedy = remedy };
}
