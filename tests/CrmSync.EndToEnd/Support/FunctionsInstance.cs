using System.Diagnostics;
using System.Net;
using System.Text;

namespace CrmSync.EndToEnd.Support;

/// <summary>One instance of the Functions host with its worker.</summary>
internal sealed class FunctionsInstance : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly StringBuilder _log = new();
    private readonly Process _process;
    private readonly Uri _address;
    private readonly HttpClient _http;

    private FunctionsInstance(string command, int port, IReadOnlyDictionary<string, string> settings, HttpClient http)
    {
        (_address, _http) = (new Uri($"http://127.0.0.1:{port}/"), http);
        _process = FunctionsProcess.Start(command, port, settings, Keep);
    }

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
        var instance = new FunctionsInstance(command, port, settings, http);
        for (var waited = Stopwatch.StartNew(); !await instance.IsReadyAsync();)
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

    /// <summary>Has it take no more work, waits for what is under way, and ends it: as the platform does when it scales in (F46).</summary>
    public async Task DrainAsync()
    {
        using var asked = await _http.PostAsync(new Uri(_address, "admin/host/drain"), null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(100)))
        {
            var status = await _http.GetStringAsync(new Uri(_address, "admin/host/drain/status"));
            if (status.Contains("\"Completed\"", StringComparison.Ordinal))
            {
                await KillAsync();
                return;
            }

            Assert.True(waited.Elapsed < Patience, status);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(_address, "api/health/ready"));
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
