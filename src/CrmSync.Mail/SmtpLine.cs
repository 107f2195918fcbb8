using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace CrmSync.Mail;

/// <summary>An open line to a mail server: connected, encrypted as set, logged in where there is a user.</summary>
internal static class SmtpLine
{
    // One try with one mechanism: a wrong password that is tried with each of them locks accounts. Where none of these is offered the library chooses.
    private static readonly string[] Mechanisms = ["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN", "LOGIN"];

    /// <summary>A client that is to be opened. It has no time-outs of its own: whoever calls it brings a clock.</summary>
    public static SmtpClient NewClient(SmtpOptions options) => new()
    {
        Timeout = Timeout.Infinite,

        // A list of revoked certificates that cannot be reached must not stop the mail; the framework's own HTTP client does not ask for it either.
        CheckCertificateRevocation = false,
        ServerCertificateValidationCallback = (_, certificate, chain, errors) => options.Roots is { } roots
            ? IsSignedBy(roots, certificate, chain, errors) : errors == SslPolicyErrors.None,
    };

    /// <summary>Opens a client.</summary>
    /// <exception cref="SmtpFailureException">An unencrypted line would leave this machine, or the user has no password.</exception>
    public static async Task OpenAsync(SmtpClient client, MailServer server, CancellationToken cancellation)
    {
        var settings = server.Settings;
        var socket = await ConnectAsync(settings, cancellation).ConfigureAwait(false);
        await client.ConnectAsync(socket, settings.Host, settings.Port, OptionOf(settings.Encryption), cancellation).ConfigureAwait(false);

        // With them the end of a message could be part of the message.
        client.Capabilities &= ~(SmtpCapabilities.BinaryMime | SmtpCapabilities.Chunking);
        if (settings.User is not { Length: > 0 } user)
        {
            return;
        }

        if (Mechanisms.FirstOrDefault(client.AuthenticationMechanisms.Contains) is { } mechanism)
        {
            client.AuthenticationMechanisms.IntersectWith([mechanism]);
        }

        var password = server.Password ?? throw new SmtpFailureException(
            new SmtpFailure("no-password", null, "There is a user and no password.", "Save the password again, or no user."));
        await client.AuthenticateAsync(new NetworkCredential(user, password), cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether a line may be used: links that open somebody's account, and passwords, leave this machine encrypted or not at all.</summary>
    internal static bool MayCarry(MailEncryption encryption, EndPoint? remote) =>
        encryption != MailEncryption.None || (remote is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address));

    private static async Task<Socket> ConnectAsync(MailSettings settings, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(settings.Host, settings.Port), cancellation).ConfigureAwait(false);

            return MayCarry(settings.Encryption, socket.RemoteEndPoint) ? socket : throw new SmtpFailureException(new SmtpFailure(
                "unencrypted", null, "The mail server is on another machine, and the line is not to be encrypted.", "Choose STARTTLS or TLS."));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SecureSocketOptions OptionOf(MailEncryption encryption) => encryption switch
    {
        MailEncryption.None => SecureSocketOptions.None,
        MailEncryption.StartTls => SecureSocketOptions.StartTls,
        MailEncryption.Tls => SecureSocketOptions.SslOnConnect,
    };

    private static bool IsSignedBy(X509Certificate2Collection roots, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        using var own = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(own);
    }
}
