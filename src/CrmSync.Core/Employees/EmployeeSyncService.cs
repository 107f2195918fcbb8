using System.Security.Cryptography;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using CrmSync.Core.Workflows.Employees;

namespace CrmSync.Core.Employees;

/// <summary>Starts employee syncs, and applies approved plans; refuses what the rules refuse.</summary>
/// <param name="setups">The tenants' set-up.</param>
/// <param name="runs">Runs and plans.</param>
/// <param name="workflows">The host's runner.</param>
/// <param name="time">The clock.</param>
/// <param name="newRunId">Makes ids of runs.</param>
public sealed class EmployeeSyncService(
    ISetupStore setups, IRunStore runs, IWorkflowHost workflows, TimeProvider time, Func<DateTimeOffset, RunId> newRunId)
{
    // What was shown longer ago than this is not what anybody has in mind any more.
    private static readonly TimeSpan PlanHolds = TimeSpan.FromDays(7);

    /// <summary>
    /// Accepts a sync and starts it. Refused: "employees-not-saved", "sync-not-enabled" (EM-2) for anything but a dry run, "sync-running" with the running
    /// one's id (IM-8).
    /// </summary>
    public async Task<Result<Run>> StartAsync(TenantId tenant, EmployeeOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (setup.Employees is not { } settings)
        {
            return EmployeeSetup.NotSaved();
        }

        if (!settings.Enabled && !order.DryRun && !order.InvitationsOnly)
        {
            return new Refusal(RefusalKind.Conflict, "sync-not-enabled", "The employee sync is not enabled, so nothing is synchronised.",
                "Test the integration, then save the settings with \"enabled\": true; a dry run needs neither.");
        }

        var startedAt = time.GetUtcNow();
        var run = new Run
        {
            Id = newRunId(startedAt),
            Tenant = tenant,
            Kind = RunKind.EmployeeSync,
            Stages = [Entity.Employee],
            DryRun = order.DryRun,
            Employees = order,
            StartedAt = startedAt,
        };
        if (await runs.TryBeginAsync(run, cancellation).ConfigureAwait(false) is { } running)
        {
            return new Refusal(RefusalKind.Conflict, "sync-running", $"The employee sync {running.Id} is still running.", "Wait until it has ended.")
            {
                Details = new Dictionary<string, string> { ["run"] = running.Id.Value },
            };
        }

        await workflows.StartAsync(tenant, run.Id, EmployeeWorkflow.Name, CoreJson.Serialize(order), cancellation).ConfigureAwait(false);
        return run;
    }

    /// <summary>Whether the plan of a run was only shown: it was a dry run, or a guard stopped it.</summary>
    public static bool MayBeApplied(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run is { Kind: RunKind.EmployeeSync, Ended: true } and ({ DryRun: true } or { State: RunState.Stopped });
    }

    /// <summary>
    /// Applies a plan as it was shown (PL-1): by its hash. Refused: "run-unknown", "plan-not-applicable" for what is no plan of employees, or has been applied,
    /// "plan-not-ready" while its run is at work, "plan-expired", "plan-changed" for another hash, and as starting is.
    /// </summary>
    public async Task<Result<Run>> ApplyAsync(TenantId tenant, RunId id, string hash, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(tenant, id, cancellation).ConfigureAwait(false);
        if (run is null)
        {
            return new Refusal(RefusalKind.NotFound, "run-unknown", $"There is no run {id}.", "See the list of runs.") { Field = "run" };
        }

        if (run.Kind != RunKind.EmployeeSync || run.Employees is not { } order || (run.Ended && !MayBeApplied(run)))
        {
            return new Refusal(RefusalKind.Conflict, "plan-not-applicable",
                "Only the plan of an employee sync that was a dry run, or was stopped by a guard, can be applied.",
                "Start a dry run of an employee sync, look at its plan and apply that.");
        }

        if (!run.Ended)
        {
            return new Refusal(RefusalKind.Conflict, "plan-not-ready", $"The run {id} is still at work.", "Wait until it has ended.");
        }

        if (time.GetUtcNow() - run.StartedAt > PlanHolds)
        {
            return new Refusal(RefusalKind.Conflict, "plan-expired", "The plan is older than seven days.", "Start a dry run, and apply its plan.");
        }

        // PL-3: whatever an approval overrides, it overrides for one run.
        if (await EmployeeRuns.SinceAsync(runs, tenant, run.StartedAt, cancellation).FirstOrDefaultAsync(
            later => later.Employees?.Plan == id && later.State is not (RunState.Cancelled or RunState.Failed or RunState.Stopped), cancellation)
            .ConfigureAwait(false) is { } applied)
        {
            return new Refusal(RefusalKind.Conflict, "plan-not-applicable", $"The plan has been applied by the run {applied.Id}.",
                "Start a dry run, and apply its plan.");
        }

        return await HashAsync(tenant, id, cancellation).ConfigureAwait(false) == hash
            ? await StartAsync(tenant, new EmployeeOrder { Plan = id, Member = order.Member }, cancellation).ConfigureAwait(false)
            : new Refusal(RefusalKind.Conflict, "plan-changed", "The hash is not this plan's.",
                "Look at the plan again, and give the hash that stands with it.")
            { Field = "/hash" };
    }

    /// <summary>The hash of a plan: over all its lines, in their order. Null where there is none.</summary>
    public async Task<string?> HashAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var parts = await runs.ListPartsAsync(tenant, run, PartKind.Plan, cancellation).ConfigureAwait(false);
        foreach (var part in parts)
        {
            using var content = await runs.ReadPartAsync(tenant, run, part, cancellation).ConfigureAwait(false);
            hash.AppendData(content!.Memory.Span);
        }

        return parts.Count == 0 ? null : Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
