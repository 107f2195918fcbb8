using CrmSync.Api.Endpoints;
using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using Spectre.Console;

namespace CrmSync.Standalone.Console;

/// <summary>A plan of employees for people: what it comes to, what would be done to each, and by which command and hash it is applied.</summary>
internal static class EmployeePlanView
{
    /// <summary>Writes it; employees who are as they should be are only counted.</summary>
    public static void Write(IAnsiConsole console, RunId run, PlanPage plan)
    {
        if (plan.Hash is null)
        {
            console.WriteLine($"There is no plan of the run {run} to look at: it has come to none, or is still at work.");
            return;
        }

        EmployeeReportView.WriteFigures(console, plan.Employees, plan.Guards ?? []);
        console.WriteLine();
        foreach (var entry in plan.Items.Where(entry => entry.Outcome != Outcome.Unchanged || entry.Changes.Count > 0))
        {
            var head = $"{Verb(entry.Outcome),-8}{entry.Id,8}  ";
            foreach (var line in Wrapped.Lines(head, Words(entry), Terminal.NarrowWidth))
            {
                console.WriteLine(line);
            }
        }

        console.WriteLine($"{Numbers.Of(plan.Items.Count(entry => entry.Outcome == Outcome.Unchanged && entry.Changes.Count == 0))} unchanged.");
        if (plan.MayBeApplied)
        {
            console.WriteLine();
            console.WriteLine($"Hash: {plan.Hash}");
            console.WriteLine($"To apply it: crmsync employees plan apply {run}");
        }
    }

    private static string Verb(Outcome outcome) => outcome switch
    {
        Outcome.Created => "create",
        Outcome.Updated => "change",
        Outcome.Linked => "link",
        Outcome.Unchanged => "leave",
        Outcome.Skipped => "skip",
        Outcome.Review => "review",
        Outcome.Failed => "failed",
    };

    private static IEnumerable<string> Words(RecordLogEntry entry)
    {
        if (entry.Crm is { } employee)
        {
            yield return $"employee {employee}";
        }

        if (entry.Reason is { } reason)
        {
            yield return Reason.Find(reason)?.Words ?? reason;
        }

        if (entry.Candidates.Count > 0)
        {
            yield return $"candidates: {string.Join(", ", entry.Candidates)}";
        }

        foreach (var change in entry.Changes)
        {
            yield return $"{change.Field}: {Value(change.Before)} → {Value(change.After)}{(change.Note is { } note ? $" ({note})" : "")}";
        }

        if (entry is { Crm: null, Reason: null })
        {
            yield return "new employee";
        }
    }

    private static string Value(string? value) => value?.ReplaceLineEndings(", ") ?? "–";
}
