using CrmSync.Standalone.Hosting;
using CrmSync.Standalone.Tests.Support;

namespace CrmSync.Standalone.Tests.Hosting;

public sealed class StandaloneHostTests : IDisposable
{
    private readonly TempDirectory _files = new();

    [Fact]
    public async Task OperatorKey_FirstStart_IsWrittenOnceForItsOwnerAlone()
    {
        string first;
        await using (var host = await Hosted.StartAsync(_files.Path))
        {
            first = host.Key;
        }

        await using var again = await Hosted.StartAsync(_files.Path);
        var path = OperatorKey.PathIn(_files.Path);

        Assert.Equal(first, again.Key);
        Assert.Equal(first, (await File.ReadAllTextAsync(path)).Trim());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task OperatorKey_FromTheEnvironment_OpensAndIsNotWritten()
    {
        await using var host = await Hosted.StartAsync(_files.Path, "crmsync_from-the-environment");

        var result = await CommandResult.OfAsync("tenants", "--server", host.Url, "--key", "crmsync_from-the-environment");

        Assert.Equal(0, result.Code);
        Assert.False(File.Exists(OperatorKey.PathIn(_files.Path)));
    }

    [Fact]
    public async Task Start_SecondInOneDirectory_NamesTheHolder()
    {
        await using var host = await Hosted.StartAsync(_files.Path);

        var refused = await Assert.ThrowsAsync<DataDirectoryInUseException>(() => Hosted.StartAsync(_files.Path));

        Assert.Equal(Environment.ProcessId, refused.Holder!.ProcessId);
        Assert.Equal(host.Url, refused.Holder.Url);
    }

    [Fact]
    public async Task Stop_ThenStart_FindsTheDirectoryFree()
    {
        await (await Hosted.StartAsync(_files.Path)).DisposeAsync();

        await using var host = await Hosted.StartAsync(_files.Path);

        Assert.NotEmpty(host.Url);
    }

    [Fact]
    public void RunId_LaterStart_SortsBehind()
    {
        var time = new DateTimeOffset(2026, 1, 31, 23, 59, 58, TimeSpan.Zero);

        var ids = Enumerable.Range(0, 5).Select(second => RandomTexts.NewRunId(time.AddSeconds(second)).Value).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(5, ids.Distinct().Count());
    }

    public void Dispose() => _files.Dispose();
}
