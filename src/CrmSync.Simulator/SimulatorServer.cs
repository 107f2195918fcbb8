using System.Net;
using CrmSync.Simulator.Accounts;
using CrmSync.Simulator.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CrmSync.Simulator;

/// <summary>
/// A ConnectWise PSA that runs on this machine, over real HTTP on the loopback address. Nothing is kept when it ends; the same options
/// give the same account again.
/// </summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private SimulatorServer(WebApplication application, SimulatorOptions options, AccountModel model)
    {
        _application = application;
        Options = options;
        Clock = new SimulatorClock(options.Time);
        Switches = new SimulatorSwitches(options);
        Requests = new RequestCounters();
        Account = new SimulatedAccount(model, Clock, Switches);
    }

    /// <summary>What it was started with.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>The site's address, such as <c>http://127.0.0.1:51234/</c>; <c>login/companyinfo/…</c> lies below it.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The records, to be read and changed from outside HTTP.</summary>
    public SimulatedAccount Account { get; }

    /// <summary>The server's clock.</summary>
    public SimulatorClock Clock { get; }

    /// <summary>What may be turned while it runs.</summary>
    public SimulatorSwitches Switches { get; }

    /// <summary>How often it was asked.</summary>
    public RequestCounters Requests { get; }

    /// <summary>Starts a simulator and returns once it listens.</summary>
    /// <exception cref="ArgumentException">A count is negative, or the credentials are empty.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var size = new AccountSize(options.Companies, options.Contacts, options.CatalogItems, options.Activities, options.Opportunities, options.Members);
        if (new[] { size.Companies, size.Contacts, size.CatalogItems, size.Activities, size.Opportunities, size.Members }.Min() < 0)
        {
            throw new ArgumentException("A list cannot hold fewer than no records.", nameof(options));
        }

        ArgumentException.ThrowIfNullOrEmpty(options.CompanyId, nameof(options));
        // The working folder may be where somebody's data lies: not each of its writes is to be looked at.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton<IHostLifetime, HostedByOthers>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        });
        var application = builder.Build();
        var server = new SimulatorServer(application, options, new AccountModel(options.Seed, size));
        server.Map();
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.BaseAddress = new Uri(address);
        return server;
    }

    /// <summary>Stops listening; requests under way are broken off after a second.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    /// <summary>Signals are the business of the process that the simulator runs in, not of each simulator.</summary>
    private sealed class HostedByOthers : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private void Map()
    {
        var buffers = new BufferPool();
        var router = new ApiRouter(Account.Model, Switches, Options, buffers);
        var pipeline = new SimulatorPipeline(Options, Switches, Clock, Requests, router, buffers);
        _application.Run(pipeline.HandleAsync);
    }
}
