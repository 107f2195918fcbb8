using CrmSync.Standalone.Commands;
using CrmSync.Standalone.Console;
using CrmSync.Standalone.Hosting;

namespace CrmSync.Standalone.Client;

/// <summary>Which server a command is to speak with.</summary>
internal sealed record ServerChoice
{
    /// <summary>A running server's address; null for the one of the data directory.</summary>
    public string? Server { get; init; }

    /// <summary>The key for it.</summary>
    public string? Key { get; init; }

    /// <summary>The data directory.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The operator's key from the environment.</summary>
    public string? OperatorKey { get; init; }

    /// <summary>Whether the data directory is made where it is missing.</summary>
    public bool MakesDirectory { get; init; }

    /// <summary>Whether a server that is started here takes up interrupted runs.</summary>
    public bool ResumesRuns { get; init; }

    /// <summary>Where log lines go.</summary>
    public required LogLines Log { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}

/// <summary>A server to speak with: one that runs elsewhere, or one of this process that ends with it.</summary>
internal sealed class ServerSession : IAsyncDisposable
{
    private readonly StandaloneHost? _host;

    private ServerSession(ApiClient api, StandaloneHost? host) => (Api, _host) = (api, host);

    /// <summary>The way to it.</summary>
    public ApiClient Api { get; }

    /// <summary>Whether it runs in this process.</summary>
    public bool IsOwn => _host is not null;

    /// <summary>Finds or starts the server: the named one, else the one that holds the data directory, else one in this process.</summary>
    public static async Task<ServerSession> OpenAsync(ServerChoice choice, CancellationToken cancellation)
    {
        if (choice.Server is { } server)
        {
            return new ServerSession(new ApiClient(AddressOf(server), choice.Key ?? throw NoKey(server)), null);
        }

        if (!choice.MakesDirectory && !Directory.Exists(choice.DataDirectory))
        {
            throw new CommandException(
                ExitCodes.RefusedByState, $"There is no data directory {Path.GetFullPath(choice.DataDirectory)}.",
                "Name it with --data or a server with --server, or make one with \"crmsync setup\" or \"crmsync serve\".");
        }

        try
        {
            var host = await StandaloneHost.StartAsync(
                new StandaloneOptions
                {
                    DataDirectory = choice.DataDirectory,
                    ResumesRuns = choice.ResumesRuns,
                    StartsDailyRuns = false,
                    OperatorKey = choice.OperatorKey,
                    Log = choice.Log,
                    Time = choice.Time,
                },
                cancellation);
            return new ServerSession(new ApiClient(host.BaseAddress, choice.Key ?? host.OperatorKey ?? throw NoOperatorKey(choice.DataDirectory)), host);
        }
        catch (DataDirectoryInUseException e) when (e.Holder?.Url is { } url
            && (choice.Key ?? OperatorKey.Find(choice.DataDirectory, choice.OperatorKey)) is { } key)
        {
            return new ServerSession(new ApiClient(new Uri(url), key), null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Uri(uri.AbsoluteUri.TrimEnd('/') + "/")
            : throw new CommandException(ExitCodes.WrongInput, $"\"{text}\" is no server's address.", "Give one such as http://127.0.0.1:7071.");

    private static CommandException NoKey(string server) => new(
        ExitCodes.WrongInput, $"There is no key for {server}.", $"Give it with --key, or in the environment variable {CommonOptions.KeyVariable}.");

    private static CommandException NoOperatorKey(string directory) => new(
        ExitCodes.WrongInput, $"The operator's key is no longer in {OperatorKey.PathIn(directory)}.",
        $"Give a key with --key, or in the environment variable {CommonOptions.KeyVariable}.");
}
