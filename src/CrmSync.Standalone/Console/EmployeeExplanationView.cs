using CrmSync.Core.Employees;
using Spectre.Console;

namespace CrmSync.Standalone.Console;

/// <summary>The five steps of a member's explanation, for people.</summary>
internal static class EmployeeExplanationView
{
    private const int LongestCell = 28;
    private const int LabelWidth = 15;

    /// <summary>Writes the steps that there are.</summary>
    public static void Write(IAnsiConsole console, EmployeeExplanation explanation)
    {
        console.WriteLine($"Member {explanation.Member}");
        Step(console, "1. Connection", explanation.Connection.Words, explanation.Connection.Remedy);
        if (explanation.Source is { } source)
        {
            WriteSource(console, source);
        }

        if (explanation.Scope is { } scope)
        {
            Step(console, "3. Scope", scope.All(clause => clause.Passed) ? "It is in scope." : "It is out of scope.");
            foreach (var clause in scope)
            {
                Step(console, string.Empty, $"{(clause.Passed ? "yes" : "no ")} {clause.Name}: {clause.Words}");
            }
        }

        if (explanation.Match is { } match)
        {
            var linked = match.Linked is { } employee ? $"It is linked to the employee {employee}."
                : match.Candidates.Count == 0 ? "No employee resembles it." : "It is not linked.";
            Step(console, "4. Match", linked);
            foreach (var candidate in match.Candidates)
            {
                Step(console, string.Empty, $"{(candidate.Matches ? "yes" : "no ")} employee {candidate.Employee}: {candidate.Words}");
            }
        }

        if (explanation.Action is { } action)
        {
            WriteAction(console, action);
        }
    }

    private static void WriteSource(IAnsiConsole console, ExplainedSource source)
    {
        var changed = source.UpdatedAt is { } at ? $", last changed {Numbers.Time(at)} UTC" : string.Empty;
        Step(console, "2. Source", $"{(source.Active ? "Active" : "Inactive")}, member type {source.Type?.ToString(Numbers.Format) ?? "none"}{changed}.");
        foreach (var (field, value) in source.Fields)
        {
            Step(console, string.Empty, $"{field}: {Short(value, LongestCell * 2)}");
        }
    }

    private static void WriteAction(IAnsiConsole console, ExplainedAction action)
    {
        var reason = action.Reason is { } code ? $" ({code})" : string.Empty;
        Step(console, "5. Action", action.Words + reason, action.Remedy, action.Picture ? "The picture is looked at." : null);
        if (action.Changes.Count > 0)
        {
            console.WriteLine();
            var table = PlainTable.Of("Field", "Before", "After", "");
            foreach (var change in action.Changes)
            {
                table.Add(change.Field, Short(change.Before, LongestCell), Short(change.After, LongestCell), change.Note ?? string.Empty);
            }

            console.Write(table);
        }
    }

    private static void Step(IAnsiConsole console, string label, params IEnumerable<string?> texts)
    {
        foreach (var line in Wrapped.Lines(label.PadRight(LabelWidth), texts.OfType<string>(), Terminal.NarrowWidth))
        {
            console.WriteLine(line);
        }
    }

    private static string Short(string? value, int longest) => value is null ? "–"
        : value.ReplaceLineEndings(" ") is var text && text.Length > longest ? $"{text[..(longest - 1)]}…" : text;
}
