using CrmSync.Core.Records;

namespace CrmSync.Core.Employees;

/// <summary>
/// The ids of an employee: ConnectWise knows two of them, the directory may hold more. They are compared exactly (EM-5), as a set. A merge sees of the
/// directory's only those that ConnectWise has or had, so that nobody else's id is ever taken away.
/// </summary>
internal static class EmployeeIds
{
    /// <summary>The ids of a member: its login name and its primary address (EM-1).</summary>
    public static IReadOnlyList<string> Of(ConnectWiseRecord member) =>
        [.. new[] { member.Fields[FieldKeys.Identifier], member.Fields[FieldKeys.Email] }.OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The ids of a list field, each as it is written.</summary>
    public static string[] Lines(string? list) => Canonical.Lines(list);

    /// <summary>Ids as a list field.</summary>
    public static string? Join(IEnumerable<string> ids) => string.Join('\n', ids) is { Length: > 0 } list ? list : null;

    /// <summary>A list in an order that does not depend on who wrote it.</summary>
    public static string? Sorted(string? list) => Join(Lines(list).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Those of a list that ConnectWise has or had.</summary>
    public static string? Managed(string? list, string? connectWise, string? before) =>
        Sorted(Join(Lines(list).Intersect(Lines(connectWise).Union(Lines(before), StringComparer.Ordinal), StringComparer.Ordinal)));

    /// <summary>The directory's list with what ConnectWise has, and without what it no longer has.</summary>
    public static string? Merged(string? directory, string? connectWise, string? before)
    {
        var gone = Lines(before).Except(Lines(connectWise), StringComparer.Ordinal);
        return Join(Lines(directory).Except(gone, StringComparer.Ordinal).Union(Lines(connectWise), StringComparer.Ordinal));
    }
}
