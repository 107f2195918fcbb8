using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Tests.Setup.Fakes;
using CrmSync.Core.Workflows;

namespace CrmSync.Api.Tests.Fakes;

/// <summary>Accepts workflows and never runs them: runs stay as a test puts them.</summary>
internal sealed class IdleWorkflowHost(MemoryRunStore runs) : IWorkflowHost
{
    public List<(TenantId Tenant, string Input)> Started { get; } = [];

    public Task StartAsync(TenantId tenant, RunId run, string workflow, string input, CancellationToken cancellation)
    {
        Started.Add((tenant, input));
        return Task.CompletedTask;
    }

    public async Task CancelAsync(TenantId tenant, RunId run, CancellationToken cancellation)
    {
        var found = await runs.FindAsync(tenant, run, cancellation);
        await runs.UpdateAsync(found! with { State = RunState.Cancelling }, cancellation);
    }

    public Task SignalAsync(TenantId tenant, RunId run, string name, string payload, CancellationToken cancellation) => Task.CompletedTask;
}
