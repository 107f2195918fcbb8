using CrmSync.Core.Guards;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using CrmSync.Core.Workflows.Import;

namespace CrmSync.Core.Workflows;

/// <summary>What an import run is given.</summary>
/// <param name="Stages">The stages, in order.</param>
/// <param name="DryRun">Whether to stop after the guard.</param>
public sealed record ImportInput(IReadOnlyList<Entity> Stages, bool DryRun);

/// <summary>
/// The import: the five stations over the stages. Each stage is planned when the one ahead of it is planned, and applied when the one ahead of it is
/// applied; the reading of all of them goes on meanwhile, so that the other system's latency is the only thing ever waited for.
/// </summary>
public sealed class ImportWorkflow
{
    /// <summary>The workflow's name in a host's catalog.</summary>
    public const string Name = "import";

    private const int Planners = 2;

    private readonly IWorkflow _workflow;
    private readonly ImportInput _input;
    private readonly ImportLedger _ledger;

    private ImportWorkflow(IWorkflow workflow, ImportInput input) =>
        (_workflow, _input, _ledger) = (workflow, input, new ImportLedger(workflow, input.Stages));

    /// <summary>Performs an import.</summary>
    public static async Task RunAsync(IWorkflow workflow, ImportInput input)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(input);
        var import = new ImportWorkflow(workflow, input);
        var state = RunState.Completed;
        Begun? begun = null;
        try
        {
            begun = await workflow.RunAsync(ImportSteps.Begin, new BeginInput(input.Stages)).ConfigureAwait(true);
            import._ledger.Begin(begun.Usage);
            await import.StagesAsync(begun).ConfigureAwait(true);
        }
        catch (WorkflowCancelledException)
        {
            state = RunState.Cancelled;
        }

        await workflow.RunAsync(ImportSteps.Finish, import._ledger.Finish(state, begun, input.DryRun)).ConfigureAwait(true);
    }

    private async Task StagesAsync(Begun begun)
    {
        var opened = await Task.WhenAll(_workflow.RunEach(
            ImportSteps.Open, [.. _input.Stages.Select(stage => Given(new StageInput(stage)))], begun.Concurrency)).ConfigureAwait(true);
        foreach (var stage in opened)
        {
            _ledger.Open(stage);
        }

        _ledger.Forecast(opened, begun);

        var slices = opened.SelectMany(stage => stage.Slices.Select((slice, i) => new SliceInput(stage.Stage, i, slice.Range, slice.Expected))).ToList();
        var observed = _workflow.RunEach(ImportSteps.Observe, [.. slices.Select(Given)], Math.Max(begun.Readings, begun.Concurrency))
            .Select(_ledger.ObservedAsync).Zip(slices).ToLookup(pair => pair.Second.Stage, pair => pair.First);

        var work = new List<Task>();
        Task planned = Task.CompletedTask, applied = Task.CompletedTask;
        foreach (var stage in opened)
        {
            var plan = PlanAsync(stage, [.. observed[stage.Stage]], planned);
            applied = _input.DryRun ? DoneAsync(stage.Stage, plan) : ApplyAsync(stage.Stage, plan, applied, begun.WriteConcurrency);
            planned = plan;
            work.Add(plan);
            work.Add(applied);
        }

        // All of them, so that nothing is still at work when the run ends for any reason.
        await Task.WhenAll([.. work, .. observed.SelectMany(group => group)]).ConfigureAwait(true);
    }

    // Observe, plan, guard. The records that resemble something in the CRM wait until all of them are known (CO-5).
    private async Task<IReadOnlyList<Planned>> PlanAsync(OpenedStage stage, IReadOnlyList<Task<Observed>> observed, Task ahead)
    {
        await ahead.ConfigureAwait(true);
        var planning = PlanPartsAsync(observed.Select(PartOfAsync));
        var verification = VerifyAsync(stage, observed);
        await Task.WhenAll(planning, verification).ConfigureAwait(true);
        var parts = await planning.ConfigureAwait(true);
        if (await verification.ConfigureAwait(true) is { } tail)
        {
            parts = [.. parts, .. await PlanPartsAsync([PartOfAsync(tail)]).ConfigureAwait(true)];
        }

        var claimed = parts.Where(part => part.Claims > 0).Select(part => part.Part with { Claimed = true }).ToList();
        if (claimed.Count > 0)
        {
            Proceed();
            await _workflow.RunAsync(ImportSteps.Decide, new StageInput(stage.Stage)).ConfigureAwait(true);
            parts = [.. parts, .. await PlanPartsAsync(claimed.Select(Given)).ConfigureAwait(true)];
        }

        return parts;
    }

    private async Task<IReadOnlyList<Planned>> PlanPartsAsync(IEnumerable<Task<PartInput>> parts) =>
        await Task.WhenAll(_workflow.RunEach(ImportSteps.Plan, [.. parts], Planners).Select(_ledger.PlannedAsync)).ConfigureAwait(true);

    // The count after the reading; what came to the end of the list meanwhile, or was hidden behind a wrong expectation, is read too.
    private async Task<Task<Observed>?> VerifyAsync(OpenedStage stage, IReadOnlyList<Task<Observed>> observed)
    {
        var slices = await Task.WhenAll(observed).ConfigureAwait(true);
        Proceed();
        var seen = slices.Sum(slice => slice.Read);
        var verified = await _workflow.RunAsync(ImportSteps.Verify, new VerifyInput(stage.Stage, stage.Expected, seen)).ConfigureAwait(true);
        Task<Observed>? tail = null;
        if (verified.CountAfter > seen)
        {
            var last = slices.Max(slice => slice.LastId);
            tail = _ledger.ObservedAsync(_workflow.RunAsync(
                ImportSteps.Observe, new SliceInput(stage.Stage, slices.Length, new IdRange(last, null), null)));
            seen += (await tail.ConfigureAwait(true)).Read;
        }

        _ledger.Verify(stage.Stage, verified.Usage, Completeness.Objection(stage.Expected, verified.CountAfter, seen));
        return tail;
    }

    private async Task ApplyAsync(Entity stage, Task<IReadOnlyList<Planned>> plan, Task ahead, int concurrency)
    {
        var parts = (await plan.ConfigureAwait(true)).Where(part => part.Pending.Read > 0).OrderBy(part => part.Part.Slice).ToList();
        await ahead.ConfigureAwait(true);
        var applied = _workflow.RunEach(ImportSteps.Apply, [.. parts.Select(part => Given(part.Part))], concurrency);
        await Task.WhenAll(applied.Select(task => _ledger.AppliedAsync(stage, task))).ConfigureAwait(true);
        _ledger.Done(stage);
    }

    private async Task DoneAsync(Entity stage, Task<IReadOnlyList<Planned>> plan)
    {
        await plan.ConfigureAwait(true);
        _ledger.PlannedOnly(stage);
    }

    private async Task<PartInput> PartOfAsync(Task<Observed> observed)
    {
        var (slice, pages, _, _, _) = await observed.ConfigureAwait(true);
        Proceed();
        return new PartInput(slice.Stage, slice.Number, pages, Claimed: false);
    }

    private Task<T> Given<T>(T input) => _workflow.CancelRequested
        ? Task.FromException<T>(new WorkflowCancelledException()) : Task.FromResult(input);

    private void Proceed()
    {
        if (_workflow.CancelRequested)
        {
            throw new WorkflowCancelledException();
        }
    }
}
