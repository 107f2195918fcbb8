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

    /// <summary>
    /// Starts the sync of every tenant that is due: it is enabled and was not begun within the last 24 hours, or not since it was last saved; one that
    /// failed counts for an hour. Answers the runs; one that is refused, since another is at work, is left out.
    /// </summary>
    /// <exception cref="AggregateException">Some tenants could not be asked, or their sync not be started; the others' were.</exception>
    public async Task<IReadOnlyList<Run>> StartDueAsync(CancellationToken cancellation)
    {
        var started = new List<Run>();
        var failures = new List<Exception>();
        foreach (var tenant in await tenants.ListAsync(cancellation).ConfigureAwait(false))
        {
            try
            {
                if (await IsDueAsync(tenant.Id, cancellation).ConfigureAwait(false)
                    && (await syncs.StartAsync(tenant.Id, new EmployeeOrder(), cancellation).ConfigureAwait(false)).Value is { } run)
                {
                    started.Add(run);
                }
            }
#pragma warning disable CA1031 // Whatever it is, it is this tenant's: the others' syncs do not wait for its mending.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failures.Add(failure);
            }
        }

        return failures.Count == 0 ? started : throw new AggregateException(failures);
    }

    private async Task<bool> IsDueAsync(TenantId tenant, CancellationToken cancellation)
    {
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        return setup.Employees is { Enabled: true }
            && !await BegunSinceAsync(tenant, Later(time.GetUtcNow() - Every, setup.EmployeesSavedAt), cancellation).ConfigureAwait(false);
    }

    private ValueTask<bool> BegunSinceAsync(TenantId tenant, DateTimeOffset since, CancellationToken cancellation) =>
        EmployeeRuns.SinceAsync(runs, tenant, since, cancellation).AnyAsync(run => run.Employees?.Whole() != false && !HasFailed(run), cancellation);

    private bool HasFailed(Run run) => run.State == RunState.Failed && time.GetUtcNow() - run.StartedAt >= AfterFailure;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset? right) => right > left ? right.Value : left;
}
