using CrmSync.Core.Employees;
using CrmSync.Core.Runs;
using Spectre.Console;

namespace CrmSync.Standalone.Console;

/// <summary>What an employee sync did beyond its counts, for people: figures, guards, and the command with which a plan is applied.</summary>
internal static class EmployeeReportView
{
    // What nothing can be concluded from, no approval overrides.
    private const string OfTheSource = "source-";

    /// <summary>Writes it; nothing for a run that has none.</summary>
    public static void Write(IAnsiConsole console, Run run)
    {
        if (run is not { Kind: RunKind.EmployeeSync, Report.Employees: { } report })
        {
            return;
        }

        if (run.State == RunState.Stopped || (run.DryRun && report.Guards.Count > 0))
        {
            WritePlan(console, run, report);
        }

        if (report.Deactivated + report.Reactivated + report.Pictures > 0)
        {
            console.WriteLine(
                $"{Numbers.Of(report.Deactivated)} made inactive, {Numbers.Of(report.Reactivated)} made active again, {Numbers.Of(report.Pictures)} pictures.");
        }

        if (report.Missing > 0)
        {
            console.WriteLine($"{Numbers.Of(report.Missing)} linked members were not listed; nothing was concluded from it.");
        }

        if (report.Planned is { Drifted: > 0 and var drifted })
        {
            console.WriteLine(
                $"{Numbers.Of(drifted)} differ from ConnectWise, since somebody changed them in the directory; that was left as it is "
                + $"(crmsync employees plan show {run.Id}).");
        }

        foreach (var (field, count) in report.FieldsNotApplied)
        {
            console.WriteLine($"The directory accepted the field \"{field}\" of {Numbers.Of(count)} employees, and did not apply it.");
        }

        WriteInvitations(console, report);
        if (run is { DryRun: true, State: RunState.Completed } && report.Planned is not null && !report.Guards.Any(IsOfTheSource))
        {
            console.WriteLine($"To apply it as it is shown: crmsync employees plan apply {run.Id}");
        }
    }

    /// <summary>Writes what became of invitations; nothing where there were none.</summary>
    public static void WriteInvitations(IAnsiConsole console, EmployeeReport report)
    {
        if (report.Invited + report.InvitationsRefused > 0)
        {
            console.WriteLine($"{Numbers.Of(report.Invited)} invited, {Numbers.Of(report.InvitationsRefused)} refused by the mail server.");
        }

        if (report.InvitationsPutOff > 0)
        {
            console.WriteLine(
                $"{Numbers.Of(report.InvitationsPutOff)} could not be invited yet; the next sync tries again. {report.MailTrouble}".TrimEnd());
        }

        if (report.InvitationsUnknown.Count > 0)
        {
            console.WriteLine(
                $"Whether these were invited is unknown: {string.Join(", ", report.InvitationsUnknown)}. "
                + "\"crmsync employees invite --unknown\" with their ids sends them another one.");
        }
    }

    private static void WritePlan(IAnsiConsole console, Run run, EmployeeReport report)
    {
        console.WriteLine();
        WriteFigures(console, report.Planned, report.Guards);
        if (run.State == RunState.Stopped && !report.Guards.Any(IsOfTheSource))
        {
            console.WriteLine();
            console.WriteLine($"To apply it as it is shown: crmsync employees plan apply {run.Id}");
        }
    }

    /// <summary>Writes what a plan comes to, and which guards it trips.</summary>
    public static void WriteFigures(IAnsiConsole console, EmployeeFigures? figures, IReadOnlyList<RunFailure> guards)
    {
        if (figures is { } planned)
        {
            var table = PlainTable.Of("The plan", ">");
            Add("members read", planned.Members);
            Add("linked employees", planned.Linked);
            Add("linked, member not listed", planned.Missing);
            Add("linked, employee not shown", planned.Gone);
            Add("changed in the directory, left", planned.Drifted);
            Add("to create", planned.Creations);
            Add("to change", planned.Changes);
            Add("to make inactive", planned.Deactivations);
            Add("to make active again", planned.Reactivations);
            foreach (var (field, count) in planned.Emptied)
            {
                Add($"to empty: {field}", count);
            }

            console.Write(table);
            console.WriteLine();

            void Add(string what, long count) => table.Add(what, Numbers.Of(count));
        }

        foreach (var guard in guards)
        {
            foreach (var line in Wrapped.Lines($"{guard.Code}: ", [guard.Message, guard.Remedy], Terminal.NarrowWidth))
            {
                console.WriteLine(line);
            }
        }
    }

    private static bool IsOfTheSource(RunFailure guard) => guard.Code.StartsWith(OfTheSource, StringComparison.Ordinal);
}
