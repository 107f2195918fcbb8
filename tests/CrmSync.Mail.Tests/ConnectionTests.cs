using CrmSync.Core.Employees;
using CrmSync.Mail.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Mail.Tests;

/// <summary>The test of a mail server, which sends nothing.</summary>
public sealed class ConnectionTests
{
    private static readonly Dictionary<string, string> Users = new() { ["sender"] = Mails.Password };
    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLog _log = new();

    [NodeFact]
    public async Task Test_EverythingRight_PassesAndSendsNothing()
    {
        var certificates = new Certificates();
        await using var witness = await Witness.StartAsync(certificates.For("localhost") with { Users = Users });
        var sender = new SmtpInvitationSender(_time, _log, new SmtpOptions { Roots = certificates.Roots });

        var check = await sender.TestAsync(witness.Server(MailEncryption.StartTls, user: "sender", password: Mails.Password), default);

        Assert.Equal((true, null, null), (check.Passed, check.Cause, check.Remedy));
        Assert.Equal(["connected", "login"], (await witness.EndAsync()).Select(told => (string)told["event"]!));
    }

    [NodeFact]
    public async Task Test_WrongPassword_SaysSo()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Users = Users });

        var check = await Sender().TestAsync(witness.Server(user: "sender", password: "wrong"), default);

        Assert.False(check.Passed);
        Assert.Contains("password", check.Remedy, StringComparison.Ordinal);
        Assert.Equal([1504], _log.Lines.Select(line => line.Id));
    }

    [NodeFact]
    public async Task Test_NoEncryptionOffered_SaysSo()
    {
        await using var witness = await Witness.StartAsync();

        var check = await Sender().TestAsync(witness.Server(MailEncryption.StartTls), default);

        Assert.False(check.Passed);
        Assert.Contains("STARTTLS", check.Cause, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Test_ServerNeverGreets_EndsWithItsTime()
    {
        await using var witness = await Witness.StartAsync(new WitnessOptions { Fault = "silence" });
        var testing = Sender().TestAsync(witness.Server(), default);
        await witness.NextAsync("connected");

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Contains("in time", (await testing).Cause, StringComparison.Ordinal);
    }

    private SmtpInvitationSender Sender() => new(_time, _log);
}
