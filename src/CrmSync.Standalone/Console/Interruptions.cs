using System.Runtime.InteropServices;

namespace CrmSync.Standalone.Console;

/// <summary>Ctrl-C, once or twice, and the wish of the system that the process ends.</summary>
internal sealed class Interruptions : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Set with the first Ctrl-C, and when the process is to end.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Set with the second Ctrl-C, and when the process is to end.</summary>
    public CancellationToken Leave => _leave.Token;

    /// <summary>Listens to the process's signals.</summary>
    public static Interruptions OfProcess()
    {
        var interruptions = new Interruptions();
        interruptions._signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interruptions.Interrupt();
        }));
        interruptions._signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            interruptions.End();
        }));
        return interruptions;
    }

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt()
    {
        if (_first.IsCancellationRequested)
        {
            _leave.Cancel();
        }

        _first.Cancel();
    }

    /// <summary>The process is to end.</summary>
    public void End()
    {
        _leave.Cancel();
        _first.Cancel();
    }

    /// <summary>Waits for the first interruption.</summary>
    public async Task WaitAsync()
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = First.Register(() => interrupted.TrySetResult());
        await interrupted.Task;
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _first.Dispose();
        _leave.Dispose();
    }
}
