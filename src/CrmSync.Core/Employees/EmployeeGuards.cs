using System.Globalization;
using CrmSync.Core.Guards;
using CrmSync.Core.Planning;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Employees;

/// <summary>How the reading of the members went (PL-4).</summary>
/// <param name="CountBefore">ConnectWise's count before it.</param>
/// <param name="CountAfter">ConnectWise's count after it.</param>
/// <param name="Seen">Distinct members that were read.</param>
public sealed record MemberReading(long CountBefore, long CountAfter, long Seen);

/// <summary>
/// The guards of an employee sync, over the whole plan before its first write (PL-3, PL-4, EM-9). Pure. Those of the source say that nothing can be
/// concluded from the reading: an approved plan does not override them.
/// </summary>
public static class EmployeeGuards
{
    /// <summary>The guard that the reading trips; null for none.</summary>
    public static RunFailure? Source(MemberReading reading, EmployeeFigures figures, EmployeeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(limits);
        if (reading.Seen == 0)
        {
            return new RunFailure("source-empty", "ConnectWise listed no member at all, so nothing was done.",
                "See whether the API member may still read the members (System / Member Maintenance), then sync again.");
        }

        if (Completeness.Objection(reading.CountBefore, reading.CountAfter, reading.Seen) is { } objection)
        {
            return new RunFailure("source-incomplete", $"The members could not be read in full, so nothing was done. {objection}", "Sync again.");
        }

        return Over(figures.Missing, figures.Linked, limits.Deactivations)
            ? new RunFailure("source-shrunk",
                Text($"ConnectWise lists {figures.Members} members, and {figures.Missing} of the {figures.Linked} linked ones are not among them, ")
                    + "so nothing was done.",
                "Members are never deleted in ConnectWise: see whether the API member may still see all of them, then sync again.")
            : null;
    }

    /// <summary>The limits that the plan is over, in the order in which they are set.</summary>
    public static IReadOnlyList<RunFailure> Limits(EmployeeFigures figures, EmployeeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(limits);
        var tripped = new List<RunFailure>();
        Check("too-many-deactivations", "make inactive", figures.Deactivations, limits.Deactivations);
        if (figures.Linked > 0)
        {
            Check("too-many-creations", "create", figures.Creations, limits.Creations);
        }

        if (figures.Creations > 0 && Over(figures.Gone, figures.Linked, limits.Deactivations))
        {
            // Whom the directory does not show may be there all the same, and would be created a second time.
            tripped.Add(new RunFailure(
                "directory-shrunk",
                Text($"The directory shows {figures.Gone} of the {figures.Linked} linked employees no more, and the sync would create {figures.Creations}. ")
                    + "Nothing was written.",
                "See whether the directory shows the sync all its employees. If those have really gone, approve the plan: it is then applied as it is shown."));
        }

        Check("too-many-changes", "change", figures.Changes, limits.Changes);
        foreach (var (field, count) in figures.Emptied.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Check("too-many-emptied", $"empty the field \"{field}\" of", count, limits.Emptied);
        }

        return tripped;

        void Check(string code, string words, long count, Limit limit)
        {
            if (Over(count, figures.Linked, limit))
            {
                tripped.Add(new RunFailure(
                    code,
                    Text($"The sync would {words} {count} employees; the limit is {limit.Share:P0} of the {figures.Linked} linked ones")
                        + Text($" and at least {limit.AtLeast}. Nothing was written."),
                    "Look at the plan. If it is right, approve it: it is then applied as it is shown. If not, correct the cause and sync again."));
            }
        }
    }

    /// <summary>What the lines of a plan come to.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="employees">The employees as they were read.</param>
    public static EmployeeFigures Count(IReadOnlyList<PlanLine> lines, IReadOnlyDictionary<CrmId, CrmRecord> employees)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(employees);
        var emptied = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long creations = 0, changes = 0, deactivations = 0, reactivations = 0;
        foreach (var (line, operation) in lines.Where(line => line.Operation is not null).Select(line => (line, line.Operation!)))
        {
            creations += operation.Kind == OperationKind.Create ? 1 : 0;
            if (operation.Kind is not (OperationKind.Update or OperationKind.Link) || operation.Write.Count == 0)
            {
                continue;
            }

            changes++;
            var employee = employees[line.Entry.Crm!.Value];
            deactivations += operation.Write[FieldKeys.Active] == "false" && employee.Fields[FieldKeys.Active] != "false" ? 1 : 0;
            reactivations += operation.Write[FieldKeys.Active] == "true" && employee.Fields[FieldKeys.Active] == "false" ? 1 : 0;
            foreach (var (key, value) in operation.Write)
            {
                if (value is null && employee.Fields[key] is not null)
                {
                    emptied[key] = emptied.GetValueOrDefault(key) + 1;
                }
            }
        }

        return new EmployeeFigures
        {
            Members = lines.Count,
            Creations = creations,
            Changes = changes,
            Gone = lines.Count(line => line.Entry.Reason == Reason.EmployeeGone.Code),
            Drifted = lines.Count(line => line.Entry.Changes.Any(change => change.Note == MergedFields.Drift)),
            Deactivations = deactivations,
            Reactivations = reactivations,
            Pictures = lines.Count(line => line.Operation is { Picture: not null }),
            Emptied = emptied,
        };
    }

    private static bool Over(long count, long linked, Limit limit) => count > limit.AtLeast && count > linked * limit.Share;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
