using System.Globalization;
using CrmSync.Mail.Tests.Support;
using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Commands;

/// <summary>Invitations by command over a mail server that others wrote (EM-7).</summary>
public sealed class EmployeesInviteTests(EmployedAccount account) : IClassFixture<EmployedAccount>
{
    [NodeFact]
    public async Task Invite_OneThenAllThenAgain_MailsEverybodyOnce_EM7()
    {
        await using var post = await Witness.StartAsync();
        await account.EnableAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            , "invitations": "manually", "mail": { "host": "localhost", "port": {{post.Port}}, "encryption": "none",
              "from": "People <people@sender.test>", "link": "https://people.example/join?t={token}" }
            """));
        Assert.Equal(ExitCodes.Done, (await account.EmployeesAsync("sync")).Code);
        var waiting = await account.ListAsync("--not-invited");
        var first = waiting[0]!["employee"]!.ToString();

        var one = await account.EmployeesAsync("invite", first);
        var all = await account.EmployeesAsync("invite", "--all");
        var again = await account.EmployeesAsync("invite", "--all");
        var twice = await account.EmployeesAsync("invite", first, "--json");

        var mails = (await post.EndAsync()).Where(told => (string)told["event"]! == "mail").ToList();
        Assert.All(new[] { one, all, again, twice }, result => Assert.True(result.Code == ExitCodes.Done, result.Output + result.Error));
        Assert.Contains("1 invitation is to be sent.", one.Output, StringComparison.Ordinal);
        Assert.Contains("1 invited, 0 refused", one.Output, StringComparison.Ordinal);
        Assert.Contains($"{waiting.Count - 1} invited, 0 refused", all.Output, StringComparison.Ordinal);
        Assert.Contains("There is nobody to invite.", again.Output, StringComparison.Ordinal);
        Assert.Equal(first, twice.Json["left"]![0]!.ToString());
        Assert.All(one.Lines.Concat(all.Lines).Concat(again.Lines), line => Assert.True(line.Length <= 80, line));
        Assert.Equal(
            waiting.Select(employee => employee!["fields"]!["email"]!.ToString()).Order(StringComparer.Ordinal),
            mails.Select(mail => (string)mail["recipients"]![0]!).Order(StringComparer.Ordinal));
        Assert.Equal(mails.Count, mails.Select(mail => (string)mail["text"]!).Select(LinkOf).Distinct().Count());
        Assert.Empty(await account.ListAsync("--not-invited"));
        Assert.Equal(mails.Count, (await account.ListAsync()).Count(employee => employee!["invitation"]?.ToString() == "sent"));
    }

    [NodeFact]
    public async Task Sync_WhileTheMailServerIsDown_TellsThatNobodyIsInvitedYetAndWhy_EM7()
    {
        using var other = new EmployedAccount();
        await other.InitializeAsync();
        await using (var post = await Witness.StartAsync())
        {
            await other.EnableAsync(string.Create(CultureInfo.InvariantCulture, $$"""
                , "invitations": "automatically", "mail": { "host": "localhost", "port": {{post.Port}}, "encryption": "none",
                  "from": "People <people@sender.test>", "link": "https://people.example/join?t={token}" }
                """));
        }

        var sync = await other.EmployeesAsync("sync");
        var created = (await other.ListAsync()).Count;
        await other.DisposeAsync();

        Assert.True(sync.Code == ExitCodes.Done, sync.Output + sync.Error);
        Assert.Contains(
            $"{created} could not be invited yet; the next sync tries again. The mail server cannot be reached",
            string.Join(' ', sync.Lines.Select(line => line.Trim())), StringComparison.Ordinal);
        Assert.All(sync.Lines, line => Assert.True(line.Length <= 80, line));
    }

    private static string LinkOf(string text)
    {
        var start = text.IndexOf("https://people.example/join?t=", StringComparison.Ordinal);
        Assert.True(start >= 0, text);
        return text[start..].Split((char[]?)null, 2)[0];
    }
}
