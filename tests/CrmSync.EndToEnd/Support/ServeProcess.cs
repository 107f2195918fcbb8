using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Standalone.Client;
using CrmSync.Standalone.Hosting;

namespace CrmSync.EndToEnd.Support;

/// <summary>A real process of <c>crmsync serve</c> over a data directory.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;

    private ServeProcess(Process process, ApiClient api) => (_process, Api) = (process, api);

    public ApiClient Api { get; }

    /// <summary>Starts it; it answers when this returns.</summary>
    public static async Task<ServeProcess> StartAsync(string directory, Uri? publicAddress = null)
    {
        var start = Command("serve", "--port", "0", "--data", directory, "--json");
        start.Environment[StandaloneOptions.PublicAddressVariable] = publicAddress?.ToString();
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var url = await ReadUrlAsync(process.StandardOutput);
        return new ServeProcess(process, new ApiClient(url, OperatorKey.Find(directory, null)!));
    }

    /// <summary>Runs another command in a process of its own, over the same data directory, to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string directory, params string[] arguments)
    {
        using var process = Process.Start(Command([.. arguments, "--data", directory]))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        Api.Dispose();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "crmsync.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(StandaloneOptions.OperatorKeyVariable);
        return start;
    }

    // One JSON object, on one line or on several.
    private static async Task<Uri> ReadUrlAsync(StreamReader output)
    {
        var text = new StringBuilder();
        while (await output.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line.EndsWith('}'))
            {
                return new Uri(JsonNode.Parse(text.ToString())!["url"]!.GetValue<string>());
            }
        }

        throw new InvalidOperationException($"\"crmsync serve\" ended before it answered: {text}");
    }
}
