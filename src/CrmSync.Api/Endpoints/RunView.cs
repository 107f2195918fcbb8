using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Api.Endpoints;

/// <summary>A run as the API shows it: with its progress while it is at work, and its report when it has ended (IM-5, IM-9).</summary>
public sealed record RunView
{
    /// <summary>Its id.</summary>
    public required RunId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>What it does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The stages it was asked for, in order.</summary>
    public required IReadOnlyList<Entity> Stages { get; init; }

    /// <summary>Whether it only plans (IM-7).</summary>
    public required bool DryRun { get; init; }

    /// <summary>What an employee sync was asked for; null for other kinds.</summary>
    public Core.Employees.EmployeeOrder? Employees { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether it has ended.</summary>
    public required bool Ended { get; init; }

    /// <summary>How far it is.</summary>
    public required RunProgress Progress { get; init; }

    /// <summary>How many seconds it will need yet, by its speed so far; null where that is not known, or it has ended.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>What it did; null while it runs.</summary>
    public RunReport? Report { get; init; }

    /// <summary>Why it failed, or which guard stopped it; null where neither happened.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>The view of a run at a moment.</summary>
    public static RunView Of(Run run, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunView
        {
            Id = run.Id,
            Tenant = run.Tenant,
            Kind = run.Kind,
            Stages = run.Stages,
            DryRun = run.DryRun,
            Employees = run.Employees,
            State = run.State,
            StartedAt = run.StartedAt.ToUniversalTime(),
            EndedAt = run.EndedAt?.ToUniversalTime(),
            Ended = run.Ended,
            Progress = run.Progress,
            SecondsLeft = SecondsLeftOf(run, now),
            Report = run.Report,
            Failure = run.Failure,
        };
    }

    // Reading and planning a record count as one each, and so does a write; a dry run does not write.
    private static double? SecondsLeftOf(Run run, DateTimeOffset now)
    {
        var seconds = (now - run.StartedAt).TotalSeconds;
        var stages = run.Progress.Stages;
        var begun = run.Stages.All(stage => stages.Any(progress => progress.Stage == stage && (progress.Done || progress.Expected is not null)));
        var done = stages.Sum(stage => stage.Observed + stage.Planned + stage.Applied);
        if (run.Ended || !begun || done == 0 || seconds <= 0)
        {
            return null;
        }

        var left = stages.Where(stage => !stage.Done).Sum(stage =>
            Math.Max(0, (stage.Expected ?? 0) - stage.Observed) + Math.Max(0, (stage.Expected ?? 0) - stage.Planned)
            + (run.DryRun ? 0 : Math.Max(0, stage.ToApply - stage.Applied)));
        return Math.Round(left * seconds / done);
    }
}
