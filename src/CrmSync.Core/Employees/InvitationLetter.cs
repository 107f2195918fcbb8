using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Employees;

/// <summary>Writes the message of an invitation (EM-7): the same message for the same settings, invitation and token.</summary>
public static class InvitationLetter
{
    private const string TokenPlace = "{token}";
    private const string NamePlace = "{name}";

    // For a sender's address whose domain does not fit into a message id. RFC 6761 keeps it free.
    private const string NoDomain = "crmsync.invalid";

    /// <summary>Whether a template makes links: an https address with "{token}" in it; http only to this machine.</summary>
    public static bool IsLink(string? template) =>
        template is not null && template.Contains(TokenPlace, StringComparison.Ordinal)
        && Uri.TryCreate(template.Replace(TokenPlace, "token", StringComparison.Ordinal), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.Host.Length > 0 && address.UserInfo.Length == 0;

    /// <summary>The message for an invitation.</summary>
    /// <exception cref="ArgumentException">The settings' link is none (<see cref="IsLink"/>).</exception>
    public static InvitationMail Compose(MailSettings settings, Invitation invitation, InvitationToken token)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(invitation);
        ArgumentNullException.ThrowIfNull(token);
        if (!IsLink(settings.Link))
        {
            throw new ArgumentException("The link is no https address with \"{token}\".", nameof(settings));
        }

        var name = OneLine(invitation.Name);
        var link = settings.Link.Replace(TokenPlace, token.Text, StringComparison.Ordinal);
        var subject = OneLine(settings.Subject.Replace(NamePlace, name, StringComparison.Ordinal));
        return new InvitationMail(invitation.Email, name, subject, Text(name, link), Html(name, subject, link), MessageId(settings, invitation, token));
    }

    private static string Greeting(string name) => name.Length == 0 ? "Hello," : $"Hello {name},";

    private static string Text(string name, string link) => $"""
        {Greeting(name)}

        You are invited. Open this address to create your password:

        {link}

        The address works once and is meant for you alone. If you did not expect this message, you need not do anything.

        """;

    private static string Html(string name, string subject, string link)
    {
        var address = WebUtility.HtmlEncode(link);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(subject)}</title></head>
            <body style="font-family: sans-serif; line-height: 1.5">
            <p>{WebUtility.HtmlEncode(Greeting(name))}</p>
            <p>You are invited. Open this address to create your password:</p>
            <p><a href="{address}">{address}</a></p>
            <p>The address works once and is meant for you alone. If you did not expect this message, you need not do anything.</p>
            </body>
            </html>

            """;
    }

    // Tells nothing of the token, and not even its hash.
    private static string MessageId(MailSettings settings, Invitation invitation, InvitationToken token)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"message-id\n{invitation.Employee}\n{token.Hash}"));
        return $"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{DomainOf(settings.From)}";
    }

    private static string DomainOf(string from)
    {
        var domain = from[(from.LastIndexOf('@') + 1)..].TrimEnd().TrimEnd('>').TrimEnd();
        var fits = from.Contains('@', StringComparison.Ordinal) && domain.Length is > 0 and <= 255
            && domain.Split('.').All(label => label.Length > 0 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        return fits ? domain.ToLowerInvariant() : NoDomain;
    }

    // A line break in a name or a subject would begin another header.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
}
