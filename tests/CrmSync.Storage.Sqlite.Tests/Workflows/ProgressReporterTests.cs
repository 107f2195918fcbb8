using System.Threading.Channels;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Storage.Sqlite.Tests.Workflows;

public sealed class ProgressReporterTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<long> _stored = Channel.CreateUnbounded<long>();
    private readonly CancellationTokenSource _halted = new();
    private readonly List<Exception> _failures = [];
    private readonly ProgressReporter _reporter;

    public ProgressReporterTests() =>
        _reporter = new ProgressReporter(report => _stored.Writer.WriteAsync(report.Stages[0].Observed).AsTask(), _failures.Add, _time, _halted.Token);

    public void Dispose()
    {
        _halted.Cancel();
        _halted.Dispose();
    }

    [Fact]
    public async Task Report_SeveralWithinTheInterval_StoresTheFirstAndThenTheLast()
    {
        _reporter.Report(Progress(1));
        Assert.Equal(1, await _stored.Reader.ReadAsync());

        _reporter.Report(Progress(2));
        _reporter.Report(Progress(3));

        Assert.Equal(3, await NextAsync());
    }

    [Fact]
    public async Task Flush_Pending_StoresItAtOnceAndOnce()
    {
        _reporter.Hold(Progress(1));
        _reporter.Hold(Progress(2));
        Assert.False(_stored.Reader.TryPeek(out _));

        await _reporter.FlushAsync();
        await _reporter.FlushAsync();

        Assert.Equal(2, await _stored.Reader.ReadAsync());
        Assert.False(_stored.Reader.TryPeek(out _));
        Assert.Empty(_failures);
    }

    private static RunProgress Progress(long observed) => new() { Stages = [new StageProgress { Stage = Entity.Company, Observed = observed }] };

    private async Task<long> NextAsync()
    {
        var next = _stored.Reader.ReadAsync().AsTask();
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        return await next;
    }
}
