using CrmSync.Core.Employees;

namespace CrmSync.Standalone.Hosting;

/// <summary>Starts the daily employee syncs by the clock (EM-8), when the server starts and every ten minutes from then on; the runs do the work.</summary>
/// <param name="schedule">Knows what is due.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class DailyEmployees(EmployeeSchedule schedule, TimeProvider time, ILogger<DailyEmployees> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, time);
        do
        {
            try
            {
                if (await schedule.StartDueAsync(stoppingToken) is { Count: > 0 } started)
                {
                    Started(log, started.Count);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A look that fails costs nothing: the next one comes.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Failed(log, exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1309, LogLevel.Information, "Started {Count} daily employee syncs.")]
    private static partial void Started(ILogger logger, int count);

    [LoggerMessage(1310, LogLevel.Warning, "Whether employee syncs are due could not be asked: {Failure}.")]
    private static partial void Failed(ILogger logger, string failure);
}
