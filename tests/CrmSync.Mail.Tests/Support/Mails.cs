using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Mail.Tests.Support;

/// <summary>Invitations for tests.</summary>
internal static class Mails
{
    public const string Password = "Tr0ub4dor-and-3";

    /// <summary>The token of every message of <see cref="Make"/>.</summary>
    public static InvitationToken Token { get; } = InvitationToken.Make(Enumerable.Range(7, InvitationToken.Length).Select(i => (byte)(i * 5)).ToArray());

    public static MailSettings Settings { get; } = new()
    {
        Host = "localhost",
        From = "People & Müller <people@sender.test>",
        Subject = "Grüße, {name} 🚀",
        Link = "https://people.example/join?a=1&t={token}",
    };

    public static InvitationMail Make(string name = "Zoë \"Z\" O'Neil, <b>Jr.</b> 🚀", string email = "zoe.oneil@example.test") => InvitationLetter.Compose(
        Settings, new Invitation { Employee = new CrmId("e1"), Email = email, Name = name, State = InvitationState.Sending }, Token);
}
