using System.Net.Sockets;
using System.Text.RegularExpressions;
using CrmSync.Core.Ports;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CrmSync.Mail;

/// <summary>Why a mail server did not do what was asked.</summary>
/// <param name="Kind">A stable word for it.</param>
/// <param name="Code">The server's answer, as SMTP numbers it; null where there was none.</param>
/// <param name="Cause">What happened, in words, with the server's own where it said something.</param>
/// <param name="Remedy">What an administrator can do.</param>
internal sealed partial record SmtpFailure(string Kind, int? Code, string Cause, string Remedy)
{
    private const string LoginRefused = "login-refused";
    private const string LoginRequired = "login-required";
    private const int LongestCause = 400;
    private const string CheckLogin = "Check the user and the password.";
    private const string CheckAddress = "See whether host, port and encryption are right.";
    private const string Ask = "See what the server says.";

    /// <summary>What becomes of a message: the server's own word where it gave one, by its class. A refused login says nothing of the message.</summary>
    /// <param name="offered">Whether the whole message had been offered before.</param>
    public MailFate FateOf(bool offered) => (Code / 100) switch
    {
        5 when Kind is LoginRefused or LoginRequired => MailFate.NotSent,
        5 => MailFate.Refused,
        4 => MailFate.NotSent,
        _ => offered ? MailFate.Unknown : MailFate.NotSent,
    };

    /// <summary>What an exception of the library means; null for one that is a bug.</summary>
    public static SmtpFailure? Explain(Exception failure) => failure switch
    {
        SmtpFailureException ours => ours.Failure,
        SmtpCommandException answer => Answered(answer),
        AuthenticationException { InnerException: SmtpCommandException answer } => NotLoggedIn(answer),
        AuthenticationException or SaslException => new(LoginRefused, null, "The mail server did not accept the user and the password.", CheckLogin),
        ServiceNotAuthenticatedException answer => new(LoginRequired, (int)SmtpStatusCode.AuthenticationRequired,
            Words("The mail server wants a login", answer.Message), "Set a user and a password."),
        SslHandshakeException { ServerCertificate: not null } => new("certificate", null,
            "The mail server's certificate is not valid for this host, has expired, or comes from nobody whom this machine trusts.",
            "Use the host name that stands in the certificate, or let the server have one that is trusted."),
        SslHandshakeException => new("encryption", null, "The line could not be encrypted.", CheckAddress),
        NotSupportedException e => new("not-offered", null, Words("The mail server lacks what was asked of it", e.Message),
            "See whether the port and the encryption belong together, and whether the server takes logins."),
        SocketException e => new("unreachable", null, $"The mail server cannot be reached ({e.SocketErrorCode}).",
            "See whether host and port are right, and open to this machine."),
        SmtpProtocolException or IOException or ServiceNotConnectedException or ObjectDisposedException => new("broken", null,
            "The line to the mail server broke, or what answers is no mail server.", CheckAddress),
        OperationCanceledException or TimeoutException => new("timeout", null, "The mail server did not answer in time.", CheckAddress),
        _ => null,
    };

    /// <summary>The same without what is secret, should the server have repeated it.</summary>
    public SmtpFailure Without(params IEnumerable<string?> secrets) => this with
    {
        Cause = secrets.OfType<string>().Where(secret => secret.Length > 0)
            .Aggregate(Cause, (cause, secret) => cause.Replace(secret, "…", StringComparison.Ordinal)),
    };

    /// <summary>The same without the long words of a text: a token that a server repeats stays out of every list.</summary>
    public SmtpFailure WithoutWordsOf(string text) => this with
    {
        Cause = LongWords().Replace(Cause, word => text.Contains(word.Value, StringComparison.Ordinal) ? "…" : word.Value),
    };

    private static SmtpFailure Answered(SmtpCommandException answer) => answer.ErrorCode switch
    {
        SmtpErrorCode.SenderNotAccepted => Refusal("sender-refused", answer, "The mail server did not accept the sender",
            "Set an address that the server lets this user send from."),
        SmtpErrorCode.RecipientNotAccepted => Refusal(
            "recipient-refused", answer, "The mail server did not accept the recipient", "Check the person's address."),
        SmtpErrorCode.MessageNotAccepted => Refusal("message-refused", answer, "The mail server did not accept the message", Ask),
        _ => Refusal("refused", answer, "The mail server refused", Ask),
    };

    private static SmtpFailure NotLoggedIn(SmtpCommandException answer) =>
        Refusal(LoginRefused, answer, "The mail server did not accept the user and the password", CheckLogin);

    private static SmtpFailure Refusal(string kind, SmtpCommandException answer, string what, string remedy) =>
        new(kind, (int)answer.StatusCode, Words($"{what} ({(int)answer.StatusCode})", answer.Message), remedy);

    private static string Words(string what, string said)
    {
        var line = string.Concat(said.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length == 0 ? $"{what}." : $"{what}: {(line.Length > LongestCause ? line[..LongestCause] + "…" : line)}";
    }

    [GeneratedRegex("[A-Za-z0-9_-]{32,}")]
    private static partial Regex LongWords();
}

/// <summary>A failure that the sender has found itself.</summary>
internal sealed class SmtpFailureException(SmtpFailure failure) : Exception(failure.Cause)
{
    /// <summary>The failure.</summary>
    public SmtpFailure Failure { get; } = failure;
}
