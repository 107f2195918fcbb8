using System.Text.Json;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows;
using Microsoft.DurableTask;

namespace CrmSync.Functions.Workflows;

/// <summary>
/// Starts runs as orchestrations, one a run. That a tenant has one at a time is held by its run's record (IM-8). A run whose host died goes on by itself.
/// </summary>
internal sealed class DurableWorkflowHost(DurableClients clients, IRunStore runs) : IWorkflowHost
{
    public async Task StartAsync(TenantId tenant, RunId run, string workflow, string input, CancellationToken cancellation)
    {
        var instance = RunOrder.InstanceOf(tenant, run);
        if (await clients.Required.GetInstanceAsync(instance, cancellation).ConfigureAwait(false) is not null)
        {
            return;
        }

        using var document = JsonDocument.Parse(input);
        await clients.Required.ScheduleNewOrchestrationInstanceAsync(
            RunOrchestrator.Name, new RunOrder(tenant.Value, run.Value, workflow, document.RootElement.Clone()),
            new StartOrchestrationOptions(instance), cancellation)
            .ConfigureAwait(false);
    }

    // The record first: should the event be lost, the next step sees it there.
    public async Task CancelAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        if (await runs.FindAsync(tenant, run, cancellation).ConfigureAwait(false) is not { Ended: false } found)
        {
            return;
        }

        await runs.UpdateAsync(found with { State = RunState.Cancelling }, cancellation).ConfigureAwait(false);
        await clients.Required.RaiseEventAsync(RunOrder.InstanceOf(tenant, run), DurableWorkflow.CancelEvent, "asked", cancellation).ConfigureAwait(false);
    }

    public Task SignalAsync(TenantId tenant, RunId run, string name, string payload, CancellationToken cancellation) =>
        clients.Required.RaiseEventAsync(RunOrder.InstanceOf(tenant, run), $"signal:{name}", payload, cancellation);
}
