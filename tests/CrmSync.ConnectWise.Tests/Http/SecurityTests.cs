using System.IO.Compression;
using System.Text;
using CrmSync.ConnectWise.Errors;
using CrmSync.ConnectWise.Http;
using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using static CrmSync.ConnectWise.Tests.Support.ScriptedSite;

namespace CrmSync.ConnectWise.Tests.Http;

public sealed class SecurityTests
{
    private const string Path = "company/companies";
    private static readonly ApiCall Read = new() { Path = Path, IsList = true };

    [Fact]
    public async Task Request_ToTheApi_CarriesCredentialsClientIdAndVersion()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, "[]");

        await f.Api.SendAsync(Read, default);

        var headers = f.Site.ApiCalls.Single().Headers;
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"acme+publicKey:{SiteFixture.PrivateKey}")), headers["Authorization"]);
        Assert.Equal("11111111-2222-3333-4444-555555555555", headers["clientId"]);
        Assert.Equal("application/vnd.connectwise.com+json; version=2025.1", headers["Accept"]);
        Assert.Contains("gzip", headers["Accept-Encoding"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_IsNotFollowed()
    {
        await using var other = await ScriptedSite.StartAsync();
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, (context, _) =>
        {
            context.Response.Redirect(new Uri(other.Address, "/v2025_1/apis/3.0/" + Path).ToString());
            return Task.CompletedTask;
        });

        var error = (await f.Api.SendAsync(Read, default)).Error!;

        Assert.Equal(ConnectWiseErrorCategory.WrongSite, error.Category);
        Assert.Empty(other.Seen);
    }

    [Fact]
    public void Handler_ThatFollowsRedirects_IsRefused()
    {
        using var handler = new SocketsHttpHandler();

        Assert.Throws<ArgumentException>(() => new ConnectWiseClient(
            SiteFixture.ConnectionTo(new Uri("https://psa.example.com")), TimeProvider.System, new LogCapture(), handler));
    }

    [Fact]
    public async Task Link_WithAnotherHost_IsFetchedFromTheConfiguredOne()
    {
        await using var other = await ScriptedSite.StartAsync();
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("system/documents/267/download", (context, _) => Send(context, "jpeg", 200, "image/jpeg"));

        var document = await f.Client.FindLinkedAsync($"{other.Address}v4_6_release/apis/3.0//system//documents/267/download", default);

        Assert.Equal("image/jpeg", document!.ContentType);
        Assert.Empty(other.Seen);
        Assert.Equal("/v2025_1/apis/3.0/system/documents/267/download", f.Site.ApiCalls.Single().Path);
    }

    [Fact]
    public async Task Secrets_InNothingThatIsSaid_EvenWhenTheSiteQuotesThem()
    {
        await using var f = await SiteFixture.StartAsync(change: c => c with { MaxAttempts = 2 });
        var credentials = f.Connection.BasicCredentials();
        var quote = $"Bad request. Authorization: Basic {credentials} key {SiteFixture.PrivateKey}";
        string[] bodies =
        [
            quote,
            $$"""{"code":"InvalidObject","message":"{{quote}}","errors":[{"code":"x","message":"{{quote}}","field":"f"}]}""",
            $"<html><title>{quote}</title></html>",
        ];
        var said = new List<string> { f.Connection.ToString(), f.Client.ToString()! };
        foreach (var status in new[] { 200, 400, 401, 403, 404, 429, 500, 502 })
        {
            foreach (var body in bodies)
            {
                f.Site.On(Path, (context, _) => Send(context, body, status, "text/plain"));
                var result = await f.Api.SendAsync(Read, default);
                said.Add(result.ToString());
                if (result.Error is { } error)
                {
                    said.AddRange([error.ToString(), error.Message, error.Remedy, .. error.Fields.Select(x => x.ToString())]);
                    said.Add(error.ToException().ToString());
                }

                var failure = await Record.ExceptionAsync(() => f.Client.BoundsAsync(Entity.Company, default));
                said.Add(failure?.ToString() ?? "");
            }
        }

        said.AddRange(f.Log.Lines);
        Assert.NotEmpty(f.Log.Lines);
        Assert.All(said, text =>
        {
            Assert.DoesNotContain(SiteFixture.PrivateKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(credentials, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Connection_WithMissingOrUnusableValues_NamesEachProblem()
    {
        var connection = SiteFixture.ConnectionTo(new Uri("https://psa.example.com")) with
        {
            PrivateKey = "",
            ClientId = Guid.Empty,
            MaxConcurrency = 0,
            PageSize = 1001,
            ApiVersion = "2025.1\r\nX: y",
        };

        Assert.Equal(5, connection.Problems().Count);
        Assert.Throws<ArgumentException>(() => new ConnectWiseClient(connection, TimeProvider.System, new LogCapture()));
    }

    [Fact]
    public async Task Answer_Gzipped_IsUnpacked()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On(Path, async (context, _) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync("""[{"id":1}]"""u8.ToArray());
        });

        Assert.Equal("""[{"id":1}]""", Encoding.UTF8.GetString((await f.Api.SendAsync(Read, default)).Response!.Body.Span));
    }

    [Fact]
    public async Task Failure_AtThePort_IsItsExceptionWithTheCategoryAsCode()
    {
        await using var f = await SiteFixture.StartAsync();
        f.Site.On("company/companies/count", (context, _) => Json(context, """{"code":"Security","message":"No."}""", 403));

        var failure = await Assert.ThrowsAsync<ConnectWiseException>(() => f.Client.CountAsync(Entity.Company, default));

        Assert.Equal("forbidden", failure.Code);
        Assert.Contains("Companies › Company Maintenance", failure.Remedy, StringComparison.Ordinal);
        Assert.False(failure.RetryHelps);
    }
}
