using CrmSync.Core.Employees;
using CrmSync.Functions.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CrmSync.Functions.Timers;

/// <summary>Starts the daily employee syncs (EM-8); the runs do the work.</summary>
/// <param name="schedule">Knows what is due.</param>
/// <param name="clients">Told of the client that the host gave the trigger.</param>
/// <param name="logger">The log.</param>
public sealed class DailyEmployees(EmployeeSchedule schedule, DurableClients clients, ILogger<DailyEmployees> logger)
{
    /// <summary>Hourly: starts the sync of each tenant whose last one began a day ago, so that each is done within a day of its saving.</summary>
    [Function("employees-daily")]
    public async Task StartAsync([TimerTrigger("0 10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        clients.Use(client);
        var started = await schedule.StartDueAsync(cancellation).ConfigureAwait(false);
        WorkflowLog.EmployeesDue(logger, started.Count);
    }
}
