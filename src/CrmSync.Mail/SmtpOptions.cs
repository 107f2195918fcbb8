using System.Security.Cryptography.X509Certificates;

namespace CrmSync.Mail;

/// <summary>How long the sender waits for a mail server.</summary>
public sealed record SmtpOptions
{
    /// <summary>For connecting, encrypting and logging in together. 30 seconds unless set.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For handing over one message and getting the answer. 2 minutes unless set: a server may look for viruses first.</summary>
    public TimeSpan SendPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Roots that are trusted instead of the machine's own: for tests with certificates of their own.</summary>
    internal X509Certificate2Collection? Roots { get; init; }
}
