using CrmSync.Standalone.Client;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmSync.Standalone.Tests.Support;

/// <summary>A host over a data directory, with the operator's way to it.</summary>
internal sealed class Hosted : IAsyncDisposable
{
    private readonly StandaloneHost _host;

    private Hosted(StandaloneHost host) => (_host, Api) = (host, new ApiClient(host.BaseAddress, host.OperatorKey!));

    public ApiClient Api { get; }

    public string Url => _host.BaseAddress.ToString();

    public string Key => _host.OperatorKey!;

    public static async Task<Hosted> StartAsync(string data, string? key = null) => new(await StandaloneHost.StartAsync(new StandaloneOptions
    {
        DataDirectory = data,
        OperatorKey = key,
        Log = new LogLines(TextWriter.Null, LogLevel.None, TimeProvider.System),
    }));

    public ValueTask DisposeAsync()
    {
        Api.Dispose();
        return _host.DisposeAsync();
    }
}
