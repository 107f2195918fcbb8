using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Employees;

/// <summary>Runs the employee sync daily (EM-8): whoever has a clock asks it often, and it starts what is due.</summary>
/// <param name="tenants">The tenants.</param>
/// <param name="setups">Their set-up.</param>
/// <param name="runs">Their runs.</param>
/// <param name="syncs">Starts syncs.</param>
/// <param name="time">The clock.</param>
public sealed class EmployeeSchedule(ITenantStore tenants, ISetupStore setups, IRunStore runs, EmployeeSyncService syncs, TimeProvider time)
{
    /// <summary>How long after the last one the next sync begins.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private const int RunsAtOnce = 50;

    /// <summary>Starts the sync of every tenant that is due. Answers the runs; one that is refused, since another is at work, is left out.</summary>
    public async Task<IReadOnlyList<Run>> StartDueAsync(CancellationToken cancellation)
    {
        var started = new List<Run>();
        foreach (var tenant in await DueAsync(cancellation).ConfigureAwait(false))
        {
            if ((await syncs.StartAsync(tenant, new EmployeeOrder(), cancellation).ConfigureAwait(false)).Value is { } run)
            {
                started.Add(run);
            }
        }

        return started;
    }

    /// <summary>The tenants whose sync is enabled and was not begun within the last 24 hours, or not since it was last saved.</summary>
    public async Task<IReadOnlyList<TenantId>> DueAsync(CancellationToken cancellation)
    {
        var due = new List<TenantId>();
        foreach (var tenant in await tenants.ListAsync(cancellation).ConfigureAwait(false))
        {
            var setup = await setups.ReadAsync(tenant.Id, cancellation).ConfigureAwait(false);
            if (setup.Employees is { Enabled: true }
                && !await BegunSinceAsync(tenant.Id, Later(time.GetUtcNow() - Every, setup.EmployeesSavedAt), cancellation).ConfigureAwait(false))
            {
                due.Add(tenant.Id);
            }
        }

        return due;
    }

    private async Task<bool> BegunSinceAsync(TenantId tenant, DateTimeOffset since, CancellationToken cancellation)
    {
        for (RunId? before = null; ;)
        {
            var page = await runs.ListAsync(tenant, before, RunsAtOnce, cancellation).ConfigureAwait(false);
            if (page.Any(run => run.Kind == RunKind.EmployeeSync && run.StartedAt > since && run.Employees?.Whole() != false))
            {
                return true;
            }

            if (page.Count < RunsAtOnce || page[^1].StartedAt <= since)
            {
                return false;
            }

            before = page[^1].Id;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset? right) => right > left ? right.Value : left;
}
