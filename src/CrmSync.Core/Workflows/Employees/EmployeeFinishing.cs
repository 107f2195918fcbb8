using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Workflows.Employees;

/// <summary>Report: what the run did.</summary>
internal sealed class EmployeeFinishing(EmployeeServices services)
{
    public async Task<bool> FinishAsync(StepContext context, EmployeeFinishInput input)
    {
        var run = await services.Runs.FindAsync(context.Tenant, context.Run, context.Cancellation).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The run {context.Run} is gone.");
        await services.Runs.PruneAsync(context.Tenant, context.Run, context.Cancellation).ConfigureAwait(false);
        var endedAt = services.Time.GetUtcNow();
        await services.Runs.UpdateAsync(
            run with
            {
                State = input.State,
                EndedAt = endedAt,
                Failure = input.Stopped,
                Report = new RunReport
                {
                    Stages = [StageReport.Of(Stages.NameOf(Entity.Employee), input.Counts, input.Incomplete)],
                    Writes = input.Writes,
                    ConnectWiseRequests = input.Requests,
                    Seconds = Math.Round((endedAt - run.StartedAt).TotalSeconds, 3),
                    Forecast = input.Forecast,
                    FloorSeconds = input.FloorSeconds,
                    Employees = input.Report,
                },
            },
            context.Cancellation).ConfigureAwait(false);
        return true;
    }
}
