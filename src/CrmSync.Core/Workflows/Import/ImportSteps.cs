namespace CrmSync.Core.Workflows.Import;

/// <summary>The steps of an import, by the names that hosts know them by.</summary>
public static class ImportSteps
{
    /// <summary>Keeps the set-up that the run works under.</summary>
    public static Step<BeginInput, Begun> Begin { get; } = new("import-begin");

    /// <summary>Counts a stage and lays it out in slices.</summary>
    public static Step<StageInput, OpenedStage> Open { get; } = new("import-open");

    /// <summary>Observe: reads one slice.</summary>
    public static Step<SliceInput, Observed> Observe { get; } = new("import-observe");

    /// <summary>Plan: plans one part.</summary>
    public static Step<PartInput, Planned> Plan { get; } = new("import-plan");

    /// <summary>Plan: decides over the claims of a stage.</summary>
    public static Step<StageInput, int> Decide { get; } = new("import-decide");

    /// <summary>Guard: counts again what was read.</summary>
    public static Step<VerifyInput, Verified> Verify { get; } = new("import-verify");

    /// <summary>Apply: writes one part.</summary>
    public static Step<PartInput, Applied> Apply { get; } = new("import-apply");

    /// <summary>Report: ends the run.</summary>
    public static Step<FinishInput, bool> Finish { get; } = new("import-finish");

    /// <summary>Adds the import and its steps to a host's catalog.</summary>
    public static void AddImport(this StepCatalog catalog, ImportServices services)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(services);
        var opening = new Opening(services);
        var observing = new Observing(services);
        var planning = new Planning(services);
        catalog.Add(Begin, (context, _) => opening.BeginAsync(context));
        catalog.Add(Open, opening.OpenAsync);
        catalog.Add(Observe, observing.ObserveAsync);
        catalog.Add(Verify, observing.VerifyAsync);
        catalog.Add(Plan, planning.PlanAsync);
        catalog.Add(Decide, planning.DecideAsync);
        catalog.Add(Apply, new Applying(services).ApplyAsync);
        catalog.Add(Finish, new Finishing(services).FinishAsync);
        catalog.AddWorkflow<ImportInput>(ImportWorkflow.Name, ImportWorkflow.RunAsync);
    }
}
