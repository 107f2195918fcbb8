using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Employees;

namespace CrmSync.Crm.BuiltIn;

/// <summary>One tenant's directory as people look at it. Pages go by id: an employee that is added or deleted meanwhile shifts no other.</summary>
public sealed class BuiltInDirectoryBrowser
{
    /// <summary>Most employees on a page.</summary>
    public const int MostOnPage = 1000;

    private readonly DirectoryTenant _tenant;

    internal BuiltInDirectoryBrowser(DirectoryTenant tenant) => _tenant = tenant;

    /// <summary>
    /// A page of employees. Refused are a size out of range ("page-size-invalid") and a continuation that no page gave ("continuation-invalid").
    /// </summary>
    public Task<Result<EmployeePage>> ListAsync(EmployeePageRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _tenant.ReadAsync<Result<EmployeePage>>((connection, tenant) =>
        {
            if (request.Size is < 1 or > MostOnPage)
            {
                return Invalid("page-size-invalid", "size", $"A page has 1 to {MostOnPage} employees.", "Ask for fewer and go on with the continuation.");
            }

            if ((request.Continuation is { } continuation ? StoredEmployee.NumberOf(new CrmId(continuation)) : 0) is not { } after)
            {
                return Invalid("continuation-invalid", "continuation", "No page gave this continuation.", "Begin with the first page.");
            }

            // One more than asked for tells whether there is a next page.
            var employees = EmployeeTable.Page(connection, tenant, after, request.Size + 1, request.Search?.Trim() ?? "", request.Active);
            var shown = employees.Take(request.Size).Select(employee => employee.ToRecord()).ToList();
            return new EmployeePage(shown, employees.Count > request.Size ? shown[^1].Id.Value : null);
        }, cancellation);
    }

    /// <summary>One employee with the hash of its picture; null for none.</summary>
    public Task<EmployeeDetail?> FindAsync(CrmId id, CancellationToken cancellation) => _tenant.ReadAsync(
        (connection, tenant) => StoredEmployee.NumberOf(id) is { } number && EmployeeTable.Find(connection, tenant, number) is { } employee
            ? new EmployeeDetail(employee.ToRecord(), EmployeeTable.PictureHash(connection, tenant, number))
            : null, cancellation);

    /// <summary>An employee's picture; null for none.</summary>
    public Task<Picture?> PictureAsync(CrmId id, CancellationToken cancellation) => _tenant.ReadAsync(
        (connection, tenant) => StoredEmployee.NumberOf(id) is { } number ? EmployeeTable.Picture(connection, tenant, number) : null, cancellation);

    /// <summary>How many employees there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellation) => _tenant.ReadAsync(EmployeeTable.Count, cancellation);

    /// <summary>All profiles, the inactive ones included.</summary>
    public Task<IReadOnlyList<EmployeeProfile>> ProfilesAsync(CancellationToken cancellation) =>
        _tenant.ReadAsync<IReadOnlyList<EmployeeProfile>>(DirectoryTenant.Profiles, cancellation);

    private static Refusal Invalid(string code, string field, string message, string remedy) =>
        new(RefusalKind.Invalid, code, message, remedy) { Field = field };
}
