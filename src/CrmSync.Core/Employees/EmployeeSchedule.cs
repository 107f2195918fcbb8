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

    /// <summary>How long after one that failed the next sync begins: the other system may be back.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromHours(1);

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

    /// <summary>
    /// The tenants whose sync is enabled and was not begun within the last 24 hours, or not since it was last saved; one that failed counts for an hour.
    /// </summary>
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

    private ValueTask<bool> BegunSinceAsync(TenantId tenant, DateTimeOffset since, CancellationToken cancellation) =>
        EmployeeRuns.SinceAsync(runs, tenant, since, cancellation).AnyAsync(run => run.Employees?.Whole() != false && !HasFailed(run), cancellation);

    private bool HasFailed(Run run) => run.State == RunState.Failed && time.GetUtcNow() - run.StartedAt >= AfterFailure;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset? right) => right > left ? right.Value : left;
}
