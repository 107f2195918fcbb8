using System.Diagnostics;
using System.Text;

namespace CrmSync.EndToEnd.Support;

/// <summary>One instance of the Functions host with its worker.</summary>
internal sealed class FunctionsInstance : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private FunctionsInstance(string command, int port, IReadOnlyDictionary<string, string> settings) =>
        _process = FunctionsProcess.Start(command, port, settings, Keep);

    /// <summary>What it has said, since it started or since <see cref="ForgetLog"/>.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts it; it is ready when this returns.</summary>
    public static async Task<FunctionsInstance> StartAsync(string command, int port, IReadOnlyDictionary<string, string> settings, HttpClient http)
    {
        var instance = new FunctionsInstance(command, port, settings);
        for (var waited = Stopwatch.StartNew(); !await IsReadyAsync(http, port);)
        {
            Assert.False(instance._process.HasExited || waited.Elapsed > Patience, $"The Functions host does not come up:\n{instance.Log}");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        return instance;
    }

    public void ForgetLog()
    {
        lock (_log)
        {
            _log.Clear();
        }
    }

    /// <summary>kill -9: the host and its worker, at once.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as when the platform scales in or deploys; it has ended when this returns.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/api/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
