using System.Net;
using System.Text.Json.Nodes;
using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Mail.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Mail.Tests;

/// <summary>What arrives at a mail server that others wrote (EM-7).</summary>
public sealed class SendTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
    private readonly CapturedLog _log = new();

    [NodeFact]
    public async Task Send_Invitation_ArrivesAsItWasComposed_EM7()
    {
        await using var witness = await Witness.StartAsync();
        var mail = Mails.Make();

        Assert.Equal(new MailOutcome(MailFate.Accepted), await Sender().SendAsync(witness.Server(), mail, default));

        var arrived = await witness.NextAsync("mail");
        Assert.Equal("people@sender.test", (string)arrived["sender"]!);
        Assert.Equal(["zoe.oneil@example.test"], Texts(arrived["recipients"]!));
        Assert.Equal(("people@sender.test", "People & Müller"), Address(arrived["from"]!));
        Assert.Equal(("zoe.oneil@example.test", mail.Name), Address(arrived["to"]!));
        Assert.Equal("Grüße, Zoë \"Z\" O'Neil, <b>Jr.</b> 🚀 🚀", (string)arrived["subject"]!);
        Assert.Equal($"<{mail.MessageId}>", (string)arrived["messageId"]!);
        Assert.Equal(Noon, DateTimeOffset.Parse((string)arrived["date"]!, null));
        Assert.Equal("auto-generated", (string)arrived["autoSubmitted"]!);
        Assert.Equal("multipart/alternative", (string)arrived["contentType"]!);
        Assert.Equal(Lines(mail.Text), Lines((string)arrived["text"]!));
        Assert.Equal(Lines(mail.Html), Lines((string)arrived["html"]!));
        Assert.Equal([1501], _log.Lines.Select(line => line.Id));
    }

    [NodeFact]
    public async Task Send_Parts_PlainTextStandsBeforeHtml()
    {
        await using var witness = await Witness.StartAsync();

        await Sender().SendAsync(witness.Server(), Mails.Make(), default);

        var raw = (string)(await witness.NextAsync("mail"))["raw"]!;
        var plain = raw.IndexOf("text/plain; charset=utf-8", StringComparison.Ordinal);
        var html = raw.IndexOf("text/html; charset=utf-8", StringComparison.Ordinal);
        Assert.True(plain > 0 && html > plain, raw);
    }

    [NodeFact]
    public async Task Send_LinesThatSmtpReadsOtherwise_ArriveUnchanged()
    {
        await using var witness = await Witness.StartAsync();
        var mail = Mails.Make() with { Text = $"Hello\n.\n..\nFrom me\n{new string('x', 3_000)}\n\nend 日本語\n" };

        await Sender().SendAsync(witness.Server(), mail, default);

        Assert.Equal(Lines(mail.Text), Lines((string)(await witness.NextAsync("mail"))["text"]!));
    }

    [NodeFact]
    public async Task Send_LineBreaksInNameAndSubject_BeginNoHeader()
    {
        await using var witness = await Witness.StartAsync();
        var mail = Mails.Make() with { Name = "Zoe\r\nBcc: evil@else.test\r\n", Subject = "Hi\r\nBcc: evil@else.test\r\n\r\nbody" };

        Assert.Equal(MailFate.Accepted, (await Sender().SendAsync(witness.Server(), mail, default)).Fate);

        var arrived = await witness.NextAsync("mail");
        Assert.Equal(["zoe.oneil@example.test"], Texts(arrived["recipients"]!));
        Assert.DoesNotContain("bcc", Texts(arrived["lines"]!));
        Assert.Equal(["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"], Texts(arrived["lines"]!).Order());
    }

    [Theory]
    [InlineData("zoe@example.test>\r\nRCPT TO:<evil@else.test")]
    [InlineData("zoe@example.test, evil@else.test")]
    [InlineData("Zoe <zoe@example.test>")]
    [InlineData("zoe@example.test evil@else.test")]
    [InlineData("zoe")]
    [InlineData("@example.test")]
    [InlineData("")]
    public async Task Send_RecipientThatIsNoAddress_IsRefusedUnasked(string to)
    {
        // Where nobody answers, a line that is tried tells of itself: the fate would be another.
        var server = new MailServer(Mails.Settings with { Port = 1 }, null);

        Assert.Equal(MailFate.Refused, (await Sender().SendAsync(server, Mails.Make() with { To = to }, default)).Fate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("People")]
    [InlineData("a@sender.test, b@sender.test")]
    [InlineData("People <a@sender.test\r\n>")]
    public async Task Send_SenderThatIsNoAddress_IsNotSent(string from)
    {
        var server = new MailServer(Mails.Settings with { From = from }, null);

        Assert.Equal(MailFate.NotSent, (await Sender().SendAsync(server, Mails.Make(), default)).Fate);
        Assert.False((await Sender().TestAsync(server, default)).Passed);
    }

    [NodeTheory]
    [InlineData(MailEncryption.StartTls)]
    [InlineData(MailEncryption.Tls)]
    public async Task Send_CertificateThatIsTrusted_GoesEncryptedWithTheLogin(MailEncryption encryption)
    {
        var certificates = new Certificates();
        var users = new Dictionary<string, string> { ["sender"] = Mails.Password };
        await using var witness = await Witness.StartAsync(certificates.For("localhost") with { Secure = encryption == MailEncryption.Tls, Users = users });

        var outcome = await Sender(certificates).SendAsync(witness.Server(encryption, user: "sender", password: Mails.Password), Mails.Make(), default);

        Assert.Equal(new MailOutcome(MailFate.Accepted), outcome);
        Assert.True((bool)(await witness.NextAsync("login"))["encrypted"]!);
        var arrived = await witness.NextAsync("mail");
        Assert.Equal((true, "sender"), ((bool)arrived["encrypted"]!, (string)arrived["user"]!));
    }

    [NodeFact]
    public async Task Send_SameMailTwice_HasTheSameMessageId()
    {
        await using var witness = await Witness.StartAsync();

        await Sender().SendAsync(witness.Server(), Mails.Make(), default);
        await Sender().SendAsync(witness.Server(), Mails.Make(), default);

        Assert.Equal((string)(await witness.NextAsync("mail"))["messageId"]!, (string)(await witness.NextAsync("mail"))["messageId"]!);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("fe80::1", false)]
    public void MayCarry_Unencrypted_OnThisMachineOnly(string address, bool may)
    {
        var remote = new IPEndPoint(IPAddress.Parse(address), 25);

        Assert.Equal(may, SmtpLine.MayCarry(MailEncryption.None, remote));
        Assert.True(SmtpLine.MayCarry(MailEncryption.StartTls, remote));
        Assert.True(SmtpLine.MayCarry(MailEncryption.Tls, remote));
    }

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(text => (string)text!);

    private static (string Address, string Name) Address(JsonNode list)
    {
        var only = Assert.Single(list.AsArray())!;
        return ((string)only["address"]!, (string)only["name"]!);
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private SmtpInvitationSender Sender(Certificates? certificates = null) =>
        new(new FakeTimeProvider(Noon), _log, new SmtpOptions { Roots = certificates?.Roots });
}
