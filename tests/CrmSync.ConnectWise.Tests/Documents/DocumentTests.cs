using CrmSync.ConnectWise.Documents;
using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.Documents;

public sealed class DocumentTests
{
    [Theory]
    [InlineData("filename=\"x.jpg\"")]
    [InlineData("filename=x.jpg")]
    public async Task Document_WithItsName_IsDownloaded(string fileName)
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("system/documents/267/download", (context, _) =>
        {
            context.Response.Headers.ContentDisposition = "attachment; " + fileName;
            return Send(context, "bytes", 200, "application/octet-stream");
        });

        var document = (await f.Client.FindDocumentAsync(267, default))!;

        Assert.Equal("bytes"u8.ToArray(), document.Content.ToArray());
        Assert.Equal("x.jpg", document.FileName);
    }

    [Fact]
    public async Task Photo_ThatIsNotThere_IsNull()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("system/members/3/image", (context, _) => Json(context, """{"code":"NotFound","message":"Image not found"}""", 404));

        Assert.Null(await f.Client.FindMemberPhotoAsync(new ConnectWiseId(3), default));
    }

    [Fact]
    public async Task Document_LargerThanAllowed_IsRefused()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { MaxDocumentBytes = 100 });
        f.Site.On("system/documents/1/download", (context, _) => Send(context, new string('x', 101), 200, "image/png"))
            .On("system/documents/2/download", (context, _) => Send(context, new string('x', 100), 200, "image/png"));

        await Assert.ThrowsAsync<ConnectWiseException>(() => f.Client.FindDocumentAsync(1, default));
        Assert.Equal(100, (await f.Client.FindDocumentAsync(2, default))!.Content.Length);
    }

    [Fact]
    public async Task Document_ThatIsAWebPage_IsRefused()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("system/documents/1/download", (context, _) => Send(context, "<html></html>", 200, "text/html"));

        Assert.Equal("not-connectwise", (await Assert.ThrowsAsync<ConnectWiseException>(() => f.Client.FindDocumentAsync(1, default))).Code);
    }

    [Theory]
    [InlineData("https://na.myconnectwise.net/v2025_1//apis/3.0/company/contacts/57960/communications", "company/contacts/57960/communications", "")]
    [InlineData("https://sandbox-na.myconnectwise.net/v4_6_release/apis/3.0//company//contacts/5/", "company/contacts/5", "")]
    [InlineData("https://x/v/apis/3.0/sales/activities?conditions=contact/id=57919#a", "sales/activities", "conditions=contact/id=57919")]
    public void Link_OfConnectWise_GivesPathAndQuery(string href, string path, string query)
    {
        Assert.True(HrefPath.TryRead(href, out var actualPath, out var actualQuery));
        Assert.Equal((path, query), (actualPath, actualQuery));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/file")]
    [InlineData("https://x/v/apis/3.0/")]
    [InlineData("https://x/v/apis/3.0/../../login")]
    [InlineData("https://x/v/apis/3.0/system/%2e%2e/%2E%2E/login")]
    [InlineData("https://x/v/apis/3.0/a\\..\\b")]
    public void Link_ElsewhereOrUpwards_IsNone(string? href) => Assert.False(HrefPath.TryRead(href, out _, out _));
}
