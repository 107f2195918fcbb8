using CrmSync.Core.Employees;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>The employee sync: the five stations over all members at once, since who is whose employee is decided over all of them.</summary>
public sealed class EmployeeWorkflow
{
    /// <summary>The workflow's name in a host's catalog.</summary>
    public const string Name = "employees";

    private readonly IWorkflow _workflow;
    private readonly EmployeeOrder _order;
    private readonly EmployeeLedger _ledger;

    private EmployeeWorkflow(IWorkflow workflow, EmployeeOrder order) => (_workflow, _order, _ledger) = (workflow, order, new EmployeeLedger(workflow));

    /// <summary>Performs an employee sync.</summary>
    public static async Task RunAsync(IWorkflow workflow, EmployeeOrder order)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(order);
        var sync = new EmployeeWorkflow(workflow, order);
        var state = RunState.Completed;
        try
        {
            if (await sync.SyncAsync().ConfigureAwait(true))
            {
                await sync.InviteAsync().ConfigureAwait(true);
            }
            else
            {
                state = RunState.Stopped;
            }
        }
        catch (WorkflowCancelledException)
        {
            state = RunState.Cancelled;
        }

        await workflow.RunAsync(EmployeeSteps.Finish, sync._ledger.Finish(state)).ConfigureAwait(true);
    }

    // False where a guard stopped it. What was put into the plan and not applied is told as such.
    private async Task<bool> SyncAsync()
    {
        if (_order.InvitationsOnly)
        {
            return true;
        }

        var planned = await PlanAsync().ConfigureAwait(true);
        if (_order.DryRun)
        {
            _ledger.PlannedOnly();
            return true;
        }

        // PL-1: an approved plan goes over the limits that it was shown with, never over a reading that proves nothing.
        if ((planned.Source ?? (_order.Plan is null && planned.Limits is [var limit, ..] ? limit : null)) is { } guard)
        {
            _ledger.Stop(guard);
            return false;
        }

        // One page after the other: each has as many calls under way as the directory takes.
        foreach (var page in planned.Pages)
        {
            Proceed();
            _ledger.Applied(await _workflow.RunAsync(EmployeeSteps.Apply, new EmployeePageInput(page)).ConfigureAwait(true));
        }

        _ledger.Done();
        return true;
    }

    private async Task<EmployeesPlanned> PlanAsync()
    {
        Proceed();
        var input = new EmployeeInput(_order);
        var begun = await _workflow.RunAsync(EmployeeSteps.Begin, input).ConfigureAwait(true);
        _ledger.Begin(begun);
        Proceed();

        // For one member, only what may be its employee is read; who that is, the members tell.
        var reading = _workflow.RunAsync(EmployeeSteps.Members, new MembersInput(begun.Expected));
        var members = _order.Member is null ? null : await reading.ConfigureAwait(true);
        var directory = _workflow.RunAsync(EmployeeSteps.Directory, input);
        await Task.WhenAll(reading, directory).ConfigureAwait(true);
        members ??= await reading.ConfigureAwait(true);
        _ledger.Observed(members);
        Proceed();
        var planned = await _workflow.RunAsync(
            EmployeeSteps.Plan, new EmployeePlanInput(_order, members.Reading, members.Pages, await directory.ConfigureAwait(true))).ConfigureAwait(true);
        _ledger.Planned(planned);
        return planned;
    }

    private async Task InviteAsync()
    {
        if (!_order.DryRun)
        {
            Proceed();
            _ledger.Sent(await _workflow.RunAsync(EmployeeSteps.Invite, new EmployeeInput(_order)).ConfigureAwait(true));
        }
    }

    private void Proceed()
    {
        if (_workflow.CancelRequested)
        {
            throw new WorkflowCancelledException();
        }
    }
}
