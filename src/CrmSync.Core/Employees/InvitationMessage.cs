using System.Net;
using System.Security.Cryptography;
using System.Text;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Employees;

/// <summary>Writes the message of an invitation (EM-7). Pure: the same invitation and token give the same message.</summary>
public static class InvitationMessage
{
    /// <summary>The message, in plain text and the same as HTML.</summary>
    public static InvitationMail Of(Invitation invitation, MailSettings settings, string token)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        ArgumentNullException.ThrowIfNull(settings);
        var link = settings.Link.Replace("{token}", token, StringComparison.Ordinal);
        var (name, address) = (WebUtility.HtmlEncode(invitation.Name), WebUtility.HtmlEncode(link));
        return new InvitationMail(
            invitation.Email,
            invitation.Name,
            settings.Subject.Replace("{name}", invitation.Name, StringComparison.Ordinal),
            $"Hello {invitation.Name},\n\nyou are invited. Create your password here:\n\n{link}\n\nThe link can be used once.\n",
            $"<!doctype html><html><body><p>Hello {name},</p><p>you are invited. <a href=\"{address}\">Create your password</a>.</p>"
                + $"<p>If the link does not open: {address}</p><p>The link can be used once.</p></body></html>",
            $"{HashOf(token)[..32]}@{DomainOf(settings.From)}");
    }

    /// <summary>The hash by which a token is known: it is kept nowhere itself.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string DomainOf(string from)
    {
        var domain = from[(from.LastIndexOf('@') + 1)..].TrimEnd('>', ' ');
        return domain.Length == 0 ? "crmsync.invalid" : domain;
    }
}
