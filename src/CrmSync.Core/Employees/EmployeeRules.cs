using CrmSync.Core.Setup;

namespace CrmSync.Core.Employees;

/// <summary>Checks the settings of the employee sync. Pure; the order of the problems is that of the settings.</summary>
internal static class EmployeeRules
{
    /// <summary>What is wrong with a form by itself, whatever the other systems say to it.</summary>
    public static IEnumerable<SetupProblem> Problems(EmployeeForm form)
    {
        var settings = form.Settings;
        foreach (var (limit, name) in new[]
        {
            (settings.Limits.Deactivations, "deactivations"), (settings.Limits.Creations, "creations"), (settings.Limits.Changes, "changes"),
            (settings.Limits.Emptied, "emptied"),
        })
        {
            if (limit.Share is not (>= 0 and <= 1) || limit.AtLeast < 0)
            {
                yield return new("limit-invalid", $"The limit \"{name}\" is no share from 0 to 1 with a number from 0 on.",
                    "Give a share such as 0.1 and a number such as 5.",
                    $"/settings/limits/{name}");
            }
        }

        if (settings.Directory.Kind == DirectoryKind.Scim && !CrmAddress.TryParse(settings.Directory.Address, out _, out var problem, "The directory's"))
        {
            yield return new("directory-address-invalid", problem,
                "Give the base address below which /Users stands, such as https://people.example.com/scim/v2.",
                "/settings/directory/address");
        }

        foreach (var (secret, field) in new[] { (form.DirectoryToken, "/directoryToken"), (form.MailPassword, "/mailPassword") })
        {
            if (secret is not null && string.IsNullOrWhiteSpace(secret))
            {
                yield return new("value-missing", "The secret is blank.", "Copy it again, or leave it out to keep the stored one.", field);
            }
        }

        if (settings is { Invitations: InvitationMode.Automatically, Mail: null })
        {
            yield return new("mail-missing", "Invitations cannot be sent automatically without a mail server.",
                "Set a mail server, or choose \"manually\".", "/settings/mail");
        }

        foreach (var wrong in settings.Mail is { } mail ? Problems(mail) : [])
        {
            yield return wrong;
        }
    }

    /// <summary>What the settings name that no longer exists (SU-9).</summary>
    public static IEnumerable<SetupProblem> Problems(EmployeeSettings settings, EmployeeOptions options)
    {
        for (var i = 0; i < (settings.MemberTypes?.Count ?? 0); i++)
        {
            var type = settings.MemberTypes![i];
            if (options.MemberTypes.All(choice => choice.Id != type))
            {
                yield return new("choice-unknown", $"ConnectWise has no member type with the id {type}.", "Choose a member type that exists, or take it out.",
                    $"/settings/memberTypes/{i}");
            }
        }

        if (settings.Profile is { } profile && options.Profiles is { } profiles && !profiles.Contains(profile, StringComparer.Ordinal))
        {
            yield return new("choice-unknown", $"The directory has no active profile \"{profile}\".",
                "Choose one of its active profiles.", "/settings/profile");
        }
    }

    private static IEnumerable<SetupProblem> Problems(MailSettings mail)
    {
        const string At = "/settings/mail";
        if (string.IsNullOrWhiteSpace(mail.Host) || mail.Host.Any(char.IsWhiteSpace))
        {
            yield return new("value-invalid", "The mail server's host is blank or holds spaces.", "Give its name, such as smtp.example.com.", $"{At}/host");
        }

        if (mail.Port is < 1 or > 65535)
        {
            yield return new("value-invalid", $"The mail server's port is {mail.Port}, not 1 to 65535.",
                "587 is usual with STARTTLS, 465 with TLS.", $"{At}/port");
        }

        if (mail.Encryption == MailEncryption.None && mail.Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            yield return new("mail-not-encrypted", "Mail to another machine must be encrypted.", "Choose \"start-tls\" or \"tls\".", $"{At}/encryption");
        }

        if (!mail.From.Contains('@', StringComparison.Ordinal) || mail.From.Any(char.IsControl))
        {
            yield return new("value-invalid", "The sender is no e-mail address.", "Give an address, or \"Name <address>\".", $"{At}/from");
        }

        if (string.IsNullOrWhiteSpace(mail.Subject) || mail.Subject.Any(char.IsControl))
        {
            yield return new("value-invalid", "The subject is blank, or holds line breaks.", "Give one line.", $"{At}/subject");
        }

        if (!mail.Link.Contains("{token}", StringComparison.Ordinal)
            || !Uri.TryCreate(mail.Link.Replace("{token}", "t", StringComparison.Ordinal), UriKind.Absolute, out var link)
            || !(link.Scheme == Uri.UriSchemeHttps || (link.Scheme == Uri.UriSchemeHttp && link.IsLoopback)))
        {
            yield return new("mail-link-invalid", "The link is no https address with \"{token}\" in it.",
                "Give the address at which people create their password, with {token} where the one-time token stands.", $"{At}/link");
        }
    }
}
