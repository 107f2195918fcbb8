using CrmSync.Core.Employees;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Employees;

/// <summary>What an invitation says (EM-7), and that its token is said nowhere else.</summary>
public sealed class InvitationLetterTests
{
    private static readonly MailSettings Settings = new()
    {
        Host = "mail.example.test",
        From = "People <people@Sender.test>",
        Subject = "Welcome, {name}",
        Link = "https://people.example/join?a=1&t={token}",
    };

    private static readonly Invitation Zoe = new()
    {
        Employee = new CrmId("e1"),
        Email = "zoe@example.test",
        Name = "Zoë <script>\"O'Neil\"</script> & Söhne",
        State = InvitationState.Sending,
    };

    [Fact]
    public void Token_SameBytes_IsTheSame43CharactersThatFitIntoAnAddress()
    {
        var token = Token(0);

        Assert.Equal(43, token.Text.Length);
        Assert.All(token.Text, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
        Assert.Equal(token.Text, Token(0).Text);
        Assert.NotEqual(token.Text, Token(1).Text);
        Assert.Equal(token.Text, Uri.EscapeDataString(token.Text));
    }

    [Fact]
    public void Token_Hash_IsSha256OfItsText()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", InvitationToken.HashOf("abc"));
        Assert.Equal(InvitationToken.HashOf(Token(0).Text), Token(0).Hash);
        Assert.Equal(Token(0).Hash, $"{Token(0)}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Token_OtherLength_IsRefused(int length)
    {
        Assert.Throws<ArgumentException>(() => InvitationToken.Make(new byte[length]));
    }

    [Fact]
    public void Compose_Person_IsSalutedAndGetsTheLinkInBothParts_EM7()
    {
        var mail = InvitationLetter.Compose(Settings, Zoe, Token(0));

        Assert.Equal((Zoe.Email, Zoe.Name, $"Welcome, {Zoe.Name}"), (mail.To, mail.Name, mail.Subject));
        Assert.Contains($"Hello {Zoe.Name},\n", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"\nhttps://people.example/join?a=1&t={Token(0).Text}\n", mail.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"href=\"https://people.example/join?a=1&amp;t={Token(0).Text}\"", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_NameWithMarkup_IsTextInHtml()
    {
        var html = InvitationLetter.Compose(Settings, Zoe, Token(0)).Html;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;&quot;O&#39;Neil&quot;&lt;/script&gt; &amp; S", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_LineBreaks_StayOutOfNameAndSubject()
    {
        var mail = InvitationLetter.Compose(
            Settings with { Subject = "Hi\r\nBcc: x, {name}" }, Zoe with { Name = " A\r\nBcc: evil@else.test\u2028\0 " }, Token(0));

        Assert.Equal("A  Bcc: evil@else.test", mail.Name);
        Assert.Equal("Hi  Bcc: x, A  Bcc: evil@else.test", mail.Subject);
    }

    [Fact]
    public void Compose_NoName_SalutesWithoutOne()
    {
        var mail = InvitationLetter.Compose(Settings, Zoe with { Name = "" }, Token(0));

        Assert.StartsWith("Hello,", mail.Text, StringComparison.Ordinal);
        Assert.Equal("Welcome,", mail.Subject);
    }

    [Fact]
    public void Compose_NameThatLooksLikeAPlaceForTheToken_GetsNone()
    {
        var mail = InvitationLetter.Compose(Settings, Zoe with { Name = "{token}" }, Token(0));

        Assert.Equal("Welcome, {token}", mail.Subject);
        Assert.Equal(1, mail.Text.Split(Token(0).Text).Length - 1);
    }

    [Fact]
    public void Compose_MessageId_IsOfInvitationAndTokenAndTellsNeither()
    {
        var id = InvitationLetter.Compose(Settings, Zoe, Token(0)).MessageId;

        Assert.Equal(id, InvitationLetter.Compose(Settings with { Subject = "Other" }, Zoe with { Name = "Other" }, Token(0)).MessageId);
        Assert.NotEqual(id, InvitationLetter.Compose(Settings, Zoe, Token(1)).MessageId);
        Assert.NotEqual(id, InvitationLetter.Compose(Settings, Zoe with { Employee = new CrmId("e2") }, Token(0)).MessageId);
        Assert.EndsWith("@sender.test", id, StringComparison.Ordinal);
        Assert.DoesNotContain(Token(0).Hash[..8], id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("people@sender.test", "sender.test")]
    [InlineData("\"a@b\" <people@sender.test >", "sender.test")]
    [InlineData("people@münchen.example", "crmsync.invalid")]
    [InlineData("people", "crmsync.invalid")]
    [InlineData("people@", "crmsync.invalid")]
    [InlineData("people@[10.0.0.1]", "crmsync.invalid")]
    [InlineData("people@a b", "crmsync.invalid")]
    public void Compose_MessageId_HasTheSendersDomainWhereItFits(string from, string domain)
    {
        Assert.EndsWith($"@{domain}", InvitationLetter.Compose(Settings with { From = from }, Zoe, Token(0)).MessageId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://people.example/join/{token}", true)]
    [InlineData("https://people.example/#t={token}", true)]
    [InlineData("http://localhost:5000/join?t={token}", true)]
    [InlineData("http://people.example/join?t={token}", false)]
    [InlineData("https://people.example/join", false)]
    [InlineData("https://user:secret@people.example/{token}", false)]
    [InlineData("javascript:alert('{token}')", false)]
    [InlineData("/join/{token}", false)]
    [InlineData("{token}", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLink_Template_IsAnAddressOfOwnWithAPlaceForTheToken(string? template, bool isLink)
    {
        Assert.Equal(isLink, InvitationLetter.IsLink(template));
        if (!isLink && template is not null)
        {
            Assert.Throws<ArgumentException>(() => InvitationLetter.Compose(Settings with { Link = template }, Zoe, Token(0)));
        }
    }

    private static InvitationToken Token(byte seed) => InvitationToken.Make([.. Enumerable.Range(seed, InvitationToken.Length).Select(i => (byte)(i * 3))]);
}
