using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Employees;

/// <summary>One member run through the sync without writing, in five steps: connection, source, scope, match, action.</summary>
public sealed record EmployeeExplanation
{
    /// <summary>The member.</summary>
    public required ConnectWiseId Member { get; init; }

    /// <summary>Whether both systems answered. Where one did not, the other steps are missing.</summary>
    public required ExplainedConnection Connection { get; init; }

    /// <summary>What ConnectWise holds.</summary>
    public ExplainedSource? Source { get; init; }

    /// <summary>Every clause of the scope with its verdict.</summary>
    public IReadOnlyList<ScopeClause>? Scope { get; init; }

    /// <summary>All candidates, and why each does or does not match.</summary>
    public ExplainedMatch? Match { get; init; }

    /// <summary>What the sync would do.</summary>
    public ExplainedAction? Action { get; init; }

    /// <summary>Explains a member by what was observed. Pure.</summary>
    public static EmployeeExplanation Of(EmployeeContext context, ConnectWiseRecord member, EmployeeObservations observed)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(observed);
        var links = observed.Links.ToDictionary(link => link.ConnectWise);
        var planner = new EmployeePlanner(context);
        var line = planner.Plan(observed).Single(line => line.Entry.Id == member.Id);
        var index = new EmployeeIndex(observed.Employees, links.Values.ToDictionary(link => link.Crm, link => link.ConnectWise));
        var candidates = index.Candidates(member, context.KeyOf(member.Id));
        return new EmployeeExplanation
        {
            Member = member.Id,
            Connection = new ExplainedConnection(true, "Both systems answered.", null),
            Source = new ExplainedSource(member.Fields, member.TypeIds.Count > 0 ? member.TypeIds[0] : null, !member.Inactive, member.UpdatedAt),
            Scope = EmployeeScope.Of(member, context.Settings).Clauses,
            Match = new ExplainedMatch(
                links.GetValueOrDefault(member.Id)?.Crm,
                [
                    .. candidates.Select(candidate => new ExplainedCandidate(
                        candidate.Employee, candidate.Matches && candidate.LinkedTo is null, candidate.Words())),
                ]),
            Action = ActionOf(line),
        };
    }

    private static ExplainedAction ActionOf(PlanLine line)
    {
        var reason = Reason.Find(line.Entry.Reason);
        var employee = line.Entry.Crm;
        var words = line.Entry.Outcome switch
        {
            Outcome.Created => "An employee is created.",
            Outcome.Updated => $"The employee {employee} is changed.",
            Outcome.Linked => $"The member is linked to the employee {employee}.",
            Outcome.Unchanged => $"The employee {employee} is as it should be.",
            Outcome.Skipped => $"Nothing is done. {reason?.Words}",
            Outcome.Review => $"It waits for a decision. {reason?.Words}",
            Outcome.Failed => $"It fails. {reason?.Words}",
        };
        var changes = line.Operation is { Kind: OperationKind.Create } create
            ? [.. create.Write.Select(value => new FieldChange { Field = value.Key, After = value.Value })] : line.Entry.Changes;
        return new ExplainedAction(line.Entry.Outcome, line.Entry.Reason, words, reason?.Remedy, changes, line.Operation?.Picture is not null);
    }
}

/// <summary>Whether both systems answered.</summary>
/// <param name="Passed">Whether they did.</param>
/// <param name="Words">What happened.</param>
/// <param name="Remedy">What to do about it; null where they did.</param>
public sealed record ExplainedConnection(bool Passed, string Words, string? Remedy);

/// <summary>What ConnectWise holds of a member.</summary>
/// <param name="Fields">Its fields.</param>
/// <param name="Type">Its member type; null for none.</param>
/// <param name="Active">Whether it is active.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record ExplainedSource(FieldValues Fields, long? Type, bool Active, DateTimeOffset? UpdatedAt);

/// <summary>How a member is matched.</summary>
/// <param name="Linked">The employee that it is linked to, whatever the candidates; null for none.</param>
/// <param name="Candidates">Employees that resemble it.</param>
public sealed record ExplainedMatch(CrmId? Linked, IReadOnlyList<ExplainedCandidate> Candidates);

/// <summary>One candidate.</summary>
/// <param name="Employee">The employee.</param>
/// <param name="Matches">Whether it matches.</param>
/// <param name="Words">Why, or why not.</param>
public sealed record ExplainedCandidate(CrmId Employee, bool Matches, string Words);

/// <summary>What the sync would do.</summary>
/// <param name="Outcome">What would become of the member.</param>
/// <param name="Reason">The reason's code, where it is left.</param>
/// <param name="Words">The same in words.</param>
/// <param name="Remedy">What to do if it should be otherwise; null where there is nothing to do.</param>
/// <param name="Changes">The fields before and after.</param>
/// <param name="Picture">Whether the picture is looked at.</param>
public sealed record ExplainedAction(
    Outcome Outcome, string? Reason, string Words, string? Remedy, IReadOnlyList<FieldChange> Changes, bool Picture);
