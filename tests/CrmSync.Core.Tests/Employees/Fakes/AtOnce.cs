using CrmSync.Core.Employees;
using CrmSync.Core.Records;
using CrmSync.Core.Workflows;

namespace CrmSync.Core.Tests.Employees.Fakes;

/// <summary>Runs what is started at once.</summary>
internal sealed class AtOnce(EmployeeWorld world) : IWorkflowHost
{
    public Task StartAsync(TenantId tenant, RunId run, string workflow, string input, CancellationToken cancellation) =>
        world.ResumeAsync(run, CoreJson.Deserialize<EmployeeOrder>(input), []);

    public Task CancelAsync(TenantId tenant, RunId run, CancellationToken cancellation) => throw new NotSupportedException();

    public Task SignalAsync(TenantId tenant, RunId run, string name, string payload, CancellationToken cancellation) => throw new NotSupportedException();
}
