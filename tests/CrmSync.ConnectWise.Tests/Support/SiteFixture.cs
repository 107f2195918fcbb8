using CrmSync.ConnectWise.Http;

namespace CrmSync.ConnectWise.Tests.Support;

/// <summary>A scripted site and a client of it on a clock of its own.</summary>
internal sealed class SiteFixture : IAsyncDisposable
{
    public const string PrivateKey = "pr1v4te-K3y-of-a-test";

    private SiteFixture(ScriptedSite site, ConnectWiseConnection connection, bool timePasses)
    {
        Site = site;
        Connection = connection;
        Time = new ObservedTime { PassesByItself = timePasses };
        Client = new ConnectWiseClient(connection, Time, Log, chance: () => 0.5);
        Api = new ApiClient(connection, Time, Log, () => 0.5, null);
    }

    public ScriptedSite Site { get; }

    public ConnectWiseConnection Connection { get; }

    public ObservedTime Time { get; }

    public LogCapture Log { get; } = new();

    public ConnectWiseClient Client { get; }

    /// <summary>The layer below the port, with nothing shared with <see cref="Client"/> but site, clock and log.</summary>
    public ApiClient Api { get; }

    /// <param name="timePasses">Whether pauses pass at once; otherwise the test moves the clock.</param>
    /// <param name="change">Changes the connection's settings.</param>
    public static async Task<SiteFixture> StartAsync(bool timePasses = true, Func<ConnectWiseConnection, ConnectWiseConnection>? change = null)
    {
        var site = await ScriptedSite.StartAsync();
        var connection = ConnectionTo(site.Address);
        return new SiteFixture(site, change is null ? connection : change(connection), timePasses);
    }

    public static ConnectWiseConnection ConnectionTo(Uri address) => new()
    {
        Site = address.ToString(),
        CompanyId = "acme",
        PublicKey = "publicKey",
        PrivateKey = PrivateKey,
        ClientId = Guid.Parse("11111111-2222-3333-4444-555555555555"),
        RequestTimeout = ObservedTime.RequestTimeout,
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Api.Dispose();
        await Site.DisposeAsync();
    }
}
