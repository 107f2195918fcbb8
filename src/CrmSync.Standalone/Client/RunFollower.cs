using CrmSync.Core.Runs;
using CrmSync.Standalone.Console;

namespace CrmSync.Standalone.Client;

/// <summary>Follows a run until it ends.</summary>
internal static class RunFollower
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Follows a run with its progress on the terminal. The first interruption asks the run to stop; the second leaves it.</summary>
    /// <exception cref="OperationCanceledException">Interrupted twice, or the process is to end.</exception>
    public static Task<Run> FollowAsync(TenantClient tenant, Run run, Terminal terminal, Interruptions interruptions, TimeProvider time) =>
        RunDisplay.ShowAsync(terminal, time, async show =>
        {
            var asked = false;
            show(run);
            while (!run.Ended)
            {
                if (interruptions.First.IsCancellationRequested && !asked)
                {
                    asked = true;
                    run = await CancelAsync(tenant, run, interruptions.Leave);
                }
                else
                {
                    await WaitAsync(time, asked ? interruptions.Leave : interruptions.First);
                    interruptions.Leave.ThrowIfCancellationRequested();
                    run = await tenant.RunAsync(run.Id, interruptions.Leave);
                }

                show(run);
            }

            return run;
        });

    private static async Task<Run> CancelAsync(TenantClient tenant, Run run, CancellationToken leave)
    {
        try
        {
            return await tenant.CancelAsync(run.Id, leave);
        }
        catch (ApiException e) when (e.Problem.Code == "run-ended")
        {
            return await tenant.RunAsync(run.Id, leave);
        }
    }

    private static async Task WaitAsync(TimeProvider time, CancellationToken interruption)
    {
        try
        {
            await Task.Delay(Pause, time, interruption);
        }
        catch (OperationCanceledException)
        {
            // An interruption only ends the waiting; what it means is the caller's to decide.
        }
    }
}
