using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.EndToEnd.Support;
using CrmSync.Storage.Sqlite;

namespace CrmSync.EndToEnd.Resuming;

/// <summary>The death of a process at the n-th place: from then on nothing that it was about to do happens, and nothing is written down.</summary>
internal sealed class Crash(int place)
{
    private int _count;
    private volatile bool _dead;

    /// <summary>Where it died; null while it lives.</summary>
    public string? Place { get; private set; }

    public void AtEffect(WorkflowEffect effect) => Die($"{effect.Name} {effect.Key} {effect.Moment}");

    /// <summary>Once a port has died, the effect around it is not recorded.</summary>
    public void AfterPort(WorkflowEffect effect)
    {
        if (_dead)
        {
            throw new ProcessDeathException();
        }
    }

    public Task AtPortAsync(PortCall call)
    {
        if (IsOfApply(call))
        {
            Die(call.ToString());
        }

        return Task.CompletedTask;
    }

    /// <summary>Runs an import until it ends or dies.</summary>
    public async Task<(RunId Run, bool Ended)> RunAsync(string directory, EngineTaps taps)
    {
        await using var engine = await Engine.OpenAsync(directory, taps);
        var run = await engine.StartAsync(Template.Tenant);
        var record = await engine.WhenEndedAsync(Template.Tenant, run);
        Assert.True(_dead || record.Ended);
        return (run, !_dead);
    }

    private static bool IsOfApply(PortCall call) => (call.Port, call.Method) is
        (nameof(ICrm), nameof(ICrm.WriteAsync)) or (nameof(ILinkStore), nameof(ILinkStore.WriteAsync))
        or (nameof(IBackupStore), nameof(IBackupStore.WriteAsync));

    private void Die(string where)
    {
        if (_dead || Interlocked.Increment(ref _count) == place)
        {
            Place ??= where;
            _dead = true;
            throw new ProcessDeathException();
        }
    }
}

/// <summary>Stands for the end of the process.</summary>
internal sealed class ProcessDeathException() : Exception("The process has died here.");
