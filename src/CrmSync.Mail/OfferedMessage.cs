using System.Text;
using CrmSync.Core.Ports;
using MimeKit;
using MimeKit.IO;

namespace CrmSync.Mail;

/// <summary>
/// A message that knows how far it was offered. What ends it, and makes it the server's, is sent behind the last byte of its body: until then a broken line
/// means that nothing was sent.
/// </summary>
internal sealed class OfferedMessage : IDisposable
{
    private readonly OfferedBody _body;

    private OfferedMessage(MimeMessage content, OfferedBody body) => (Content, _body) = (content, body);

    /// <summary>The message.</summary>
    public MimeMessage Content { get; }

    /// <summary>Whether the whole message was written, so that the server may have it.</summary>
    public bool Offered => _body.Written;

    /// <summary>Whom a message comes from; null where the setting is no address.</summary>
    public static MailboxAddress? SenderOf(string from) =>
        MailboxAddress.TryParse(from, out var sender) && IsAddress(sender.Address) ? sender : null;

    /// <summary>Whether a text is one address and nothing else. It stands in a command to the server, where a line break would begin another.</summary>
    public static bool IsAddress(string text) =>
        !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>')
        && text.Contains('@', StringComparison.Ordinal)
        && MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && string.IsNullOrEmpty(parsed.Name);

    /// <summary>The message of an invitation, plain text before HTML as RFC 2046 has it: the richest last.</summary>
    public static OfferedMessage Make(MailboxAddress sender, InvitationMail mail, DateTimeOffset date)
    {
        var (text, html) = (new TextPart("plain"), new TextPart("html"));
        text.SetText(Encoding.UTF8, mail.Text);
        html.SetText(Encoding.UTF8, mail.Html);
        var body = new OfferedBody { text, html };
        var content = new MimeMessage { Date = date, Subject = OneLine(mail.Subject), MessageId = mail.MessageId, Body = body };
        content.From.Add(sender);
        content.To.Add(new MailboxAddress(Encoding.UTF8, OneLine(mail.Name), mail.To));

        // RFC 3834: absence notes are not sent in answer.
        content.Headers.Add("Auto-Submitted", "auto-generated");
        return new OfferedMessage(content, body);
    }

    /// <inheritdoc />
    public void Dispose() => Content.Dispose();

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private sealed class OfferedBody : MultipartAlternative
    {
        public bool Written { get; private set; }

        public override async Task WriteToAsync(FormatOptions options, Stream stream, bool contentOnly, CancellationToken cancellationToken = default)
        {
            await base.WriteToAsync(options, stream, contentOnly, cancellationToken).ConfigureAwait(false);
            Written |= stream is not MeasuringStream;
        }
    }
}
