using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Employees;

namespace CrmSync.Crm.BuiltIn;

/// <summary>One tenant's directory as its own users and administrators change it. The rules for employees are <see cref="BuiltInDirectory"/>'s.</summary>
public sealed class BuiltInDirectoryEditor
{
    private const int SeedBatch = 1000;

    private readonly DirectoryTenant _tenant;

    internal BuiltInDirectoryEditor(DirectoryTenant tenant) => _tenant = tenant;

    /// <summary>Adds an employee, as a user does: without an external key.</summary>
    public Task<CrmWriteResult> AddAsync(FieldValues fields, CancellationToken cancellation) => WriteAsync(new CrmWrite { Fields = fields }, cancellation);

    /// <summary>Changes an employee's given fields, as a user does.</summary>
    public Task<CrmWriteResult> EditAsync(CrmId id, FieldValues fields, CancellationToken cancellation) =>
        WriteAsync(new CrmWrite { Id = id, Fields = fields }, cancellation);

    /// <summary>Deletes an employee; false where there is none. Its external key and address become free, its id is never used again.</summary>
    public Task<bool> DeleteAsync(CrmId id, CancellationToken cancellation) => _tenant.WriteAsync((connection, tenant) =>
    {
        if (StoredEmployee.NumberOf(id) is not { } number || EmployeeTable.Find(connection, tenant, number) is not { } employee)
        {
            return false;
        }

        EmployeeTable.Delete(connection, tenant, employee);
        return true;
    }, cancellation);

    /// <summary>Adds employees that were there before CrmSync came, last changed when the caller says. Answers their ids in the same order.</summary>
    /// <exception cref="ArgumentException">An employee was refused. Those of the batches of 1000 before it stay.</exception>
    public async Task<IReadOnlyList<CrmId>> SeedAsync(IEnumerable<(FieldValues Fields, DateTimeOffset UpdatedAt)> employees, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(employees);
        var ids = new List<CrmId>();
        foreach (var chunk in employees.Chunk(SeedBatch))
        {
            ids.AddRange(await _tenant.WriteAsync((connection, tenant) =>
            {
                var writer = new EmployeeWriter(connection, tenant);
                var results = chunk.Select(employee => writer.Write(new CrmWrite { Fields = employee.Fields }, employee.UpdatedAt.ToUnixTimeMilliseconds()));
                return results.Select((result, i) =>
                    result.Id ?? throw new ArgumentException($"Employee {i} of its batch was refused: {result.Error!.Message}", nameof(employees))).ToList();
            }, cancellation).ConfigureAwait(false));
        }

        return ids;
    }

    /// <summary>Replaces the profiles. Employees keep the names of profiles that have gone.</summary>
    public Task ReplaceProfilesAsync(IReadOnlyList<EmployeeProfile> profiles, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        return _tenant.WriteAsync((connection, tenant) =>
        {
            DirectoryTenant.ReplaceProfiles(connection, tenant, profiles);
            return true;
        }, cancellation);
    }

    private Task<CrmWriteResult> WriteAsync(CrmWrite write, CancellationToken cancellation) =>
        _tenant.WriteAsync((connection, tenant) => new EmployeeWriter(connection, tenant).Write(write, _tenant.Now), cancellation);
}
