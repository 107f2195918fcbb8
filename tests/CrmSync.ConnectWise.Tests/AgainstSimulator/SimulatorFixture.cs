using CrmSync.ConnectWise.Tests.Support;
using CrmSync.Simulator;

namespace CrmSync.ConnectWise.Tests.AgainstSimulator;

/// <summary>A simulated account and a client of it, whose pauses pass at once.</summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    private SimulatorFixture(SimulatorServer server, ConnectWiseConnection connection)
    {
        Server = server;
        Client = new ConnectWiseClient(connection, new ObservedTime { PassesByItself = true }, new LogCapture(), chance: () => 0.5);
    }

    public SimulatorServer Server { get; }

    public ConnectWiseClient Client { get; }

    public static async Task<SimulatorFixture> StartAsync(
        SimulatorOptions? options = null, Func<ConnectWiseConnection, ConnectWiseConnection>? change = null)
    {
        options ??= new SimulatorOptions();
        var server = await SimulatorServer.StartAsync(options);
        var connection = SiteFixture.ConnectionTo(server.BaseAddress) with
        {
            CompanyId = options.CompanyId,
            PublicKey = options.PublicKey,
            PrivateKey = options.PrivateKey,
            PageSize = 100,
        };
        return new SimulatorFixture(server, change is null ? connection : change(connection));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
