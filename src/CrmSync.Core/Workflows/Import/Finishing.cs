using CrmSync.Core.Runs;
using CrmSync.Core.Setup;

namespace CrmSync.Core.Workflows.Import;

/// <summary>Report: what the run did, and what is remembered of it.</summary>
internal sealed class Finishing(ImportServices services)
{
    public async Task<bool> FinishAsync(StepContext context, FinishInput input)
    {
        var run = await services.Runs.FindAsync(context.Tenant, context.Run, context.Cancellation).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The run {context.Run} is gone.");
        if (!input.DryRun)
        {
            await RememberAsync(context, input).ConfigureAwait(false);
        }

        await services.Runs.PruneAsync(context.Tenant, context.Run, context.Cancellation).ConfigureAwait(false);
        var endedAt = services.Time.GetUtcNow();
        await services.Runs.UpdateAsync(
            run with
            {
                State = input.State,
                EndedAt = endedAt,
                Report = new RunReport
                {
                    Stages = [.. input.Stages.Select(stage => StageReport.Of(Stages.NameOf(stage.Stage), stage.Counts, stage.Incomplete))],
                    Writes = input.Writes,
                    ConnectWiseRequests = input.Requests,
                    Seconds = Math.Round((endedAt - run.StartedAt).TotalSeconds, 3),
                    Forecast = input.Forecast,
                    FloorSeconds = Math.Round(input.Pages * input.PageSeconds / input.Concurrency, 3),
                },
            },
            context.Cancellation).ConfigureAwait(false);
        return true;
    }

    // IM-2: a stage that was brought in to its end lets the next one be asked for alone.
    private async Task RememberAsync(StepContext context, FinishInput input)
    {
        var done = input.Stages.Where(stage => stage.Done).Select(stage => stage.Stage).ToList();
        while (true)
        {
            var setup = await services.Setups.ReadAsync(context.Tenant, context.Cancellation).ConfigureAwait(false);
            var imported = Stages.All.Where(stage => setup.Imported.Contains(stage) || done.Contains(stage)).ToList();
            if (imported.Count == setup.Imported.Count
                || await services.Setups.TryWriteAsync(context.Tenant, setup with { Imported = imported }, context.Cancellation).ConfigureAwait(false))
            {
                return;
            }
        }
    }
}
