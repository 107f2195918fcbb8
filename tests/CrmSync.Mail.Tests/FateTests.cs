using System.Net;
using System.Net.Sockets;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Mail.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Mail.Tests;

/// <summary>What becomes of a message when something goes wrong: whoever calls must know whether it may have been sent (EM-7).</summary>
public sealed class FateTests
{
    // More than the system keeps for a reader that does not read.
    private const int MoreThanBuffers = 24_000_000;

    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLog _log = new();

    [NodeTheory]
    [InlineData("connect", 421, MailFate.NotSent)]
    [InlineData("connect", 554, MailFate.Refused)]
    [InlineData("login", 454, MailFate.NotSent)]
    [InlineData("login", 535, MailFate.NotSent)]
    [InlineData("sender", 451, MailFate.NotSent)]
    [InlineData("sender", 550, MailFate.Refused)]
    [InlineData("recipient", 451, MailFate.NotSent)]
    [InlineData("recipient", 550, MailFate.Refused)]
    [InlineData("message", 451, MailFate.NotSent)]
    [InlineData("message", 421, MailFate.NotSent)]
    [InlineData("message", 554, MailFate.Refused)]
    public async Task Send_ServerSaysNo_IsDecidedByItsClass(string fault, int code, MailFate fate)
    {
        var users = fault == "login" ? new Dictionary<string, string> { ["sender"] = Mails.Password } : null;
        var options = new WitnessOptions { Fault = fault, Code = code, Said = "5.7.1 Because of the moon", Users = users };
        await using var witness = await Witness.StartAsync(options);

        var outcome = await SendAsync(witness.Server(user: users is null ? null : "sender", password: Mails.Password));

        Assert.Equal(fate, outcome.Fate);
        Assert.Contains("Because of the moon", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"{code}", outcome.Error, StringComparison.Ordinal);
        Assert.Equal([1502], _log.Lines.Select(line => line.Id));
        Assert.Equal(1, (await witness.EndAsync()).Count(told => (string)told["event"]! == "connected"));
    }

    [NodeFact]
    public async Task Send_WrongPassword_IsTriedOnce()
    {
        var users = new Dictionary<string, string> { ["sender"] = "another" };
        await using var witness = await Witness.StartAsync(new WitnessOptions { Users = users });

        Assert.Equal(MailFate.NotSent, (await SendAsync(witness.Server(user: "sender", password: Mails.Password))).Fate);

        Assert.Equal(["connected", "login"], (await witness.EndAsync()).Select(told => (string)told["event"]!));
    }

    [NodeFact]
    public async Task Send_LoginWanted_IsNotSent()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Users = [] });

        Assert.Equal(MailFate.NotSent, (await SendAsync(witness.Server())).Fate);
    }

    [NodeFact]
    public async Task Send_UserWithoutPassword_IsNotSent()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Users = [] });

        Assert.Equal(MailFate.NotSent, (await SendAsync(witness.Server(user: "sender"))).Fate);
    }

    [NodeTheory]
    [InlineData(MailEncryption.StartTls)]
    [InlineData(MailEncryption.Tls)]
    public async Task Send_EncryptionNotOffered_NothingLeavesInTheClear(MailEncryption encryption)
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Users = [] });

        Assert.Equal(MailFate.NotSent, (await SendAsync(witness.Server(encryption, user: "sender", password: Mails.Password))).Fate);

        Assert.All(await witness.EndAsync(), told => Assert.Equal("connected", (string)told["event"]!));
    }

    [NodeTheory]
    [InlineData("self-signed")]
    [InlineData("another host")]
    [InlineData("expired")]
    [InlineData("another authority")]
    public async Task Send_CertificateThatIsNotValid_NothingIsSent(string flaw)
    {
        var certificates = new Certificates();
        var trusted = flaw == "another authority" ? new Certificates() : certificates;
        var shown = flaw switch
        {
            "self-signed" => Certificates.SelfSigned("localhost"),
            "another host" => certificates.For("mail.else.test"),
            _ => certificates.For("localhost", expired: flaw == "expired"),
        };
        foreach (var secure in (bool[])[true, false])
        {
            await using var witness = await Witness.StartAsync(shown with { Secure = secure, Users = [] });
            var server = witness.Server(secure ? MailEncryption.Tls : MailEncryption.StartTls, user: "sender", password: Mails.Password);

            var outcome = await new SmtpInvitationSender(_time, _log, new SmtpOptions { Roots = trusted.Roots }).SendAsync(server, Mails.Make(), default);

            Assert.Equal(MailFate.NotSent, outcome.Fate);
            Assert.Contains("certificate", outcome.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(await witness.EndAsync(), told => (string)told["event"]! is "login" or "mail");
        }
    }

    [NodeFact]
    public async Task Send_SelfSignedCertificate_IsNotTrustedByTheMachineEither()
    {
        await using var witness = await Witness.StartAsync(Certificates.SelfSigned("localhost"));

        Assert.Equal(MailFate.NotSent, (await SendAsync(witness.Server(MailEncryption.StartTls))).Fate);
    }

    [NodeTheory]
    [InlineData("cut-before-message", 0)]
    [InlineData("cut-in-message", MoreThanBuffers)]
    public async Task Send_LineCutBeforeTheEndOfTheMessage_IsNotSent(string fault, int length)
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = fault });
        var line = new string('x', 76) + "\n";

        var outcome = await SendAsync(witness.Server(), Mails.Make() with { Text = string.Concat(Enumerable.Repeat(line, length / line.Length)) });

        Assert.Equal(MailFate.NotSent, outcome.Fate);
        Assert.DoesNotContain(await witness.EndAsync(), told => (string)told["event"]! == "mail");
    }

    [NodeFact]
    public async Task Send_LineCutBehindTheMessage_IsUnknown()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = "cut-after-message" });

        Assert.Equal(MailFate.Unknown, (await SendAsync(witness.Server())).Fate);

        await witness.NextAsync("mail");
        Assert.Equal([1503], _log.Lines.Select(logged => logged.Id));
    }

    [NodeFact]
    public async Task Send_ServerNeverGreets_IsNotSentWhenTheTimeIsOver()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = "silence" });
        var sending = SendAsync(witness.Server());
        await witness.NextAsync("connected");
        Assert.False(sending.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(MailFate.NotSent, (await sending).Fate);
    }

    [NodeFact]
    public async Task Send_ServerNeverAnswersTheMessage_IsUnknownWhenTheTimeIsOver()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = "silence-after-message" });
        using var caller = new CancellationTokenSource();
        var sending = SendAsync(witness.Server(), cancellation: caller.Token);
        await witness.NextAsync("mail");

        await caller.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(MailFate.Unknown, (await sending).Fate);
    }

    [NodeFact]
    public async Task Send_CallerWantsNoMoreBefore_IsCancelled()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = "silence" });
        using var caller = new CancellationTokenSource();
        var sending = SendAsync(witness.Server(), cancellation: caller.Token);
        await witness.NextAsync("connected");

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Send_NobodyListens_IsNotSent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var outcome = await SendAsync(new MailServer(Mails.Settings with { Port = port, Encryption = MailEncryption.None }, null));

        Assert.Equal(MailFate.NotSent, outcome.Fate);
    }

    [NodeFact]
    public async Task Send_ServerRepeatsWhatIsSecret_NobodyReadsIt_SU11()
    {
        var said = $"no {Mails.Password} and no {Mails.Token.Text} for zoe.oneil@example.test";
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = "message", Code = 554, Said = said });

        var outcome = await SendAsync(witness.Server(password: Mails.Password));

        Assert.Equal("The mail server did not accept the message (554): no … and no … for zoe.oneil@example.test", outcome.Error);
        var logged = string.Concat(_log.Lines.Select(line => line.Text));
        Assert.Contains("554", logged, StringComparison.Ordinal);
        foreach (var secret in (string[])[Mails.Password, Mails.Token.Text, Mails.Token.Hash, "zoe", "Zoë", "people@"])
        {
            Assert.DoesNotContain(secret, logged, StringComparison.OrdinalIgnoreCase);
        }
    }

    private Task<MailOutcome> SendAsync(MailServer server, InvitationMail? mail = null, CancellationToken cancellation = default) =>
        new SmtpInvitationSender(_time, _log).SendAsync(server, mail ?? Mails.Make(), cancellation);
}
