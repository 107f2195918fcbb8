using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Core.Setup;
using CrmSync.Core.Workflows;

namespace CrmSync.Core.Runs;

/// <summary>What is asked of an import.</summary>
/// <param name="Stage">One stage alone; null for all.</param>
/// <param name="DryRun">Whether to plan only (IM-7).</param>
public sealed record ImportRequest(Entity? Stage = null, bool DryRun = false);

/// <summary>Starts imports, and refuses what the rules refuse.</summary>
public sealed class ImportService(
    ISetupStore setups, IRunStore runs, IWorkflowHost workflows, TimeProvider time, Func<DateTimeOffset, RunId> newRunId)
{
    /// <summary>
    /// Accepts an import and starts it. Refused: "step-missing" when set-up is not complete, "stage-missing" when a stage ahead of the
    /// one asked for was never imported (IM-2), "import-running" with the running one's id (IM-8), "not-a-stage" for users.
    /// </summary>
    public async Task<Result<Run>> StartAsync(TenantId tenant, ImportRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Stage is { } asked && !Stages.All.Contains(asked))
        {
            return new Refusal(RefusalKind.Invalid, "not-a-stage", $"\"{Stages.NameOf(asked)}\" is no stage of an import.",
                $"Ask for one of {string.Join(", ", Stages.All.Select(Stages.NameOf))}.")
            { Field = "stage" };
        }

        var setup = await setups.ReadAsync(tenant, cancellation).ConfigureAwait(false);
        if (Refuse(setup, request) is { } refusal)
        {
            return refusal;
        }

        var startedAt = time.GetUtcNow();
        var run = new Run
        {
            Id = newRunId(startedAt),
            Tenant = tenant,
            Kind = RunKind.Import,
            Stages = request.Stage is { } stage ? [stage] : Stages.All,
            DryRun = request.DryRun,
            StartedAt = startedAt,
        };
        if (await runs.TryBeginAsync(run, cancellation).ConfigureAwait(false) is { } running)
        {
            return new Refusal(RefusalKind.Conflict, "import-running", $"The import {running.Id} is still running.",
                "Wait until it has ended, or cancel it.")
            { Details = new Dictionary<string, string> { ["run"] = running.Id.Value } };
        }

        await workflows.StartAsync(tenant, run.Id, ImportWorkflow.Name, CoreJson.Serialize(new ImportInput(run.Stages, run.DryRun)), cancellation)
            .ConfigureAwait(false);
        return run;
    }

    private static Refusal? Refuse(TenantSetup setup, ImportRequest request)
    {
        // A stage needs its own step and all ahead of it; the whole import needs them all.
        var last = request.Stage is { } stage ? Stages.StepOf(stage) : SetupStep.Opportunities;
        if (setup.FirstMissing is { } missing && missing <= last)
        {
            var name = missing.ToString().ToLowerInvariant();
            return new Refusal(RefusalKind.Conflict, "step-missing", $"The set-up step \"{name}\" has not been saved.", $"Save the step \"{name}\" first.")
            {
                Details = new Dictionary<string, string> { ["step"] = name },
            };
        }

        var ahead = request.Stage is null ? null : Stages.All.TakeWhile(other => other != request.Stage).Cast<Entity?>()
            .FirstOrDefault(other => !setup.Imported.Contains(other!.Value));
        if (ahead is { } first)
        {
            var name = Stages.NameOf(first);
            return new Refusal(RefusalKind.Conflict, "stage-missing", $"The stage \"{name}\" has not been imported yet.", $"Import \"{name}\" first, or everything at once.")
            {
                Details = new Dictionary<string, string> { ["stage"] = name },
            };
        }

        return null;
    }
}
