using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Core.Records;
using CrmSync.Mail.Tests.Support;
using CrmSync.Standalone.Client;
using CrmSync.Storage.Azure.Tests.Support;

namespace CrmSync.EndToEnd.Support;

/// <summary>
/// The Functions app in its real host, over an emulator of Azure's storage: started once for all tests that need it, which have it one after the other.
/// </summary>
public sealed class FunctionsApp : IAsyncLifetime, IDisposable
{
    private const string CommandVariable = "CRMSYNC_FUNC";

    private readonly string _operator = $"crmsync_{Convert.ToHexString(RandomNumberGenerator.GetBytes(32))}";
    private readonly HttpClient _http = new();
    private readonly TempFolder _keys = new();
    private readonly int _port = FunctionsProcess.FreePort();
    private FunctionsInstance? _instance;

    /// <summary>Why it cannot be started here; null where it can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>The emulator below.</summary>
    public Azurite Storage { get; private set; } = null!;

    internal RawApi Raw => new(Address, _operator);

    internal ApiClient Api { get; private set; } = null!;

    internal Uri Address => new($"http://127.0.0.1:{_port}/");

    public async Task InitializeAsync()
    {
        if (Missing is null)
        {
            Storage = await Azurite.SharedAsync();
            Api = new ApiClient(Address, _operator);
            await StartAsync();
        }
    }

    /// <summary>Starts the host and its worker; they are ready when this returns.</summary>
    public async Task StartAsync() => _instance = await StartAsync(_port, []);

    /// <summary>Starts it anew, and a second instance beside it, as the platform does when it scales out: so small that one alone is not enough.</summary>
    internal async Task<FunctionsInstance> ScaleOutAsync()
    {
        Dictionary<string, string> small = new()
        {
            ["AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions"] = "2",
            ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval"] = "00:00:01",
        };
        await KillAsync();
        _instance = await StartAsync(_port, small);
        return await StartAsync(FunctionsProcess.FreePort(), small);
    }

    /// <summary>kill -9: the host and its worker, at once.</summary>
    public Task KillAsync() => _instance!.KillAsync();

    /// <summary>Has a function with a timer run now; it has succeeded when this returns.</summary>
    public async Task RunTimerAsync(string function)
    {
        _instance!.ForgetLog();
        using var order = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(Address, $"admin/functions/{function}"), order);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        for (var waited = Stopwatch.StartNew(); !_instance.Log.Contains($"Executed 'Functions.{function}' (Succeeded", StringComparison.Ordinal);)
        {
            Assert.True(waited.Elapsed < FunctionsInstance.Patience, $"The function {function} does not succeed:\n{_instance.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    /// <summary>Ends a run's orchestration from outside: the run itself hears nothing of it.</summary>
    internal async Task TerminateAsync(TenantClient tenant, RunId run)
    {
        var key = JsonNode.Parse(await _http.GetStringAsync(new Uri(Address, "admin/host/systemkeys/durabletask_extension")))!["value"]!.GetValue<string>();
        using var answer = await _http.PostAsync(
            new Uri(Address, $"runtime/webhooks/durabletask/instances/{tenant.Tenant}.{run}/terminate?reason=test&code={Uri.EscapeDataString(key)}"), null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>A tenant that nobody else uses.</summary>
    internal Task<TenantClient> NewTenantAsync() => Tenants.EnsureAsync(Api, $"t{Guid.NewGuid():n}"[..16], "Test", CancellationToken.None);

    public async Task DisposeAsync() => await (_instance?.DisposeAsync() ?? ValueTask.CompletedTask);

    public void Dispose()
    {
        Api?.Dispose();
        _http.Dispose();
        _keys.Dispose();
    }

    private Task<FunctionsInstance> StartAsync(int port, Dictionary<string, string> more) => FunctionsInstance.StartAsync(
        Environment.GetEnvironmentVariable(CommandVariable)!,
        port,
        new Dictionary<string, string>(more)
        {
            ["AzureWebJobsStorage"] = Storage.HostConnectionString,
            ["CrmSync__Storage__ConnectionString"] = Storage.ConnectionString,
            ["CrmSync__Storage__KeyDirectory"] = _keys.Path,
            ["CRMSYNC_OPERATOR_KEY"] = _operator,
        },
        _http);

    private static string? FindMissing() =>
        Environment.GetEnvironmentVariable(CommandVariable) is not { Length: > 0 }
        ? $"No Functions host: set {CommandVariable} to the command of Azure Functions Core Tools."
        : Azurite.Missing ?? FunctionsProcess.Missing;
}

/// <summary>A test that needs the Functions host; without one it is skipped, and says how to have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FunctionsFactAttribute : FactAttribute
{
    /// <param name="mail">Whether it needs a mail server too.</param>
    public FunctionsFactAttribute(bool mail = false) => Skip = FunctionsApp.Missing ?? (mail ? NodeFactAttribute.Missing : null);
}

/// <summary>The tests that need the Functions host: one after the other, when all others are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FunctionsTests : ICollectionFixture<FunctionsApp>
{
    public const string Name = "Functions host";
}
