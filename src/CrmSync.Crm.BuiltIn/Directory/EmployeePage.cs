using CrmSync.Core.Records;

namespace CrmSync.Crm.BuiltIn;

/// <summary>Which employees to show.</summary>
public sealed record EmployeePageRequest
{
    /// <summary>Part of a name, an e-mail address or an employee id, without case; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only the active, or only the inactive; null for both.</summary>
    public bool? Active { get; init; }

    /// <summary>Where to go on, from the page before; null for the first page.</summary>
    public string? Continuation { get; init; }

    /// <summary>Most employees on the page, 1 to <see cref="BuiltInDirectoryBrowser.MostOnPage"/>.</summary>
    public int Size { get; init; } = 50;
}

/// <summary>A page of employees in the order of their creation.</summary>
/// <param name="Employees">The employees.</param>
/// <param name="Continuation">What the next page begins with; null where there is none.</param>
public sealed record EmployeePage(IReadOnlyList<CrmRecord> Employees, string? Continuation);

/// <summary>An employee with what belongs to it.</summary>
/// <param name="Employee">The employee.</param>
/// <param name="PictureHash">The hash of its picture; null for none.</param>
public sealed record EmployeeDetail(CrmRecord Employee, string? PictureHash);
