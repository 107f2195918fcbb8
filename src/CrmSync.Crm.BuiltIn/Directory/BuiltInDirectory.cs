using System.Runtime.CompilerServices;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Employees;
using Microsoft.Data.Sqlite;

namespace CrmSync.Crm.BuiltIn;

/// <summary>
/// One tenant's employee directory in the product's own database, and the reference for <see cref="IDirectory"/>. Safe for use by several threads. A batch
/// is one transaction: when the call fails as a whole, nothing of it was written, and it can be repeated. A repeated create is answered with the values that
/// its employee holds by now and overwrites none of them. No two employees have the same e-mail address, whatever its case.
/// </summary>
public sealed class BuiltInDirectory : IDirectory
{
    private const int PageSize = 1000;
    private const string ProbeKey = "crmsync:test";
    private const string CheckDisk = "Check the disk on which CrmSync keeps its data.";

    private readonly DirectoryTenant _tenant;

    internal BuiltInDirectory(DirectoryTenant tenant) => _tenant = tenant;

    /// <inheritdoc />
    public Task<DirectoryCapabilities> DescribeAsync(CancellationToken cancellation) => Task.FromResult(new DirectoryCapabilities
    {
        Fields = EmployeeFields.Known,
        Pictures = PictureWay.Content,
        BatchSize = PageSize,
        WriteConcurrency = 2,
    });

    /// <inheritdoc />
    public async Task<ConnectionTestReport> TestAsync(CancellationToken cancellation)
    {
        try
        {
            return await _tenant.WriteAsync((connection, tenant) => new ConnectionTestReport(Probe(connection, tenant)), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SqliteException or Storage.Sqlite.StorageException)
        {
            return new ConnectionTestReport(
                [new ConnectionCheck { Subject = "directory", Passed = false, Cause = failure.Message, Remedy = CheckDisk }]);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>?> ReadProfilesAsync(CancellationToken cancellation) => _tenant.ReadAsync<IReadOnlyList<string>?>(
        (connection, tenant) => [.. DirectoryTenant.Profiles(connection, tenant).Where(profile => profile.Active).Select(profile => profile.Name)],
        cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<CrmRecord> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (long? after = 0; after is not null;)
        {
            var from = after.Value;
            var page = await _tenant.ReadAsync((connection, tenant) => EmployeeTable.Page(connection, tenant, from, PageSize), cancellation)
                .ConfigureAwait(false);
            foreach (var employee in page)
            {
                yield return employee.ToRecord();
            }

            after = page.Count == PageSize ? page[^1].Number : null;
        }
    }

    /// <inheritdoc />
    public Task<CrmRecord?> FindAsync(CrmId id, CancellationToken cancellation) => _tenant.ReadAsync(
        (connection, tenant) => StoredEmployee.NumberOf(id) is { } number ? EmployeeTable.Find(connection, tenant, number)?.ToRecord() : null, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(EmployeeKeys keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _tenant.ReadAsync<IReadOnlyList<CrmRecord>>((connection, tenant) =>
        {
            var found = new[]
            {
                EmployeeTable.FindByKey(connection, tenant, keys.ExternalKey),
                keys.Email is null ? null : EmployeeTable.FindByEmail(connection, tenant, keys.Email),
            };
            var byId = keys.EmployeeIds.SelectMany(id => EmployeeTable.FindById(connection, tenant, id));
            return [.. found.OfType<StoredEmployee>().Concat(byId).DistinctBy(employee => employee.Number).Select(employee => employee.ToRecord())];
        }, cancellation);
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The batch is larger than <see cref="DirectoryCapabilities.BatchSize"/>.</exception>
    public Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, PageSize, nameof(writes));
        return _tenant.WriteAsync<IReadOnlyList<CrmWriteResult>>((connection, tenant) =>
        {
            var (writer, now) = (new EmployeeWriter(connection, tenant), _tenant.Now);
            return [.. writes.Select(write => writer.Write(write, now))];
        }, cancellation);
    }

    /// <inheritdoc />
    /// <remarks><see cref="CrmWriteResult.Stored"/> holds the picture's hash under <see cref="FieldKeys.Picture"/>.</remarks>
    public Task<CrmWriteResult> WritePictureAsync(CrmId id, PublishedPicture? picture, CancellationToken cancellation) =>
        _tenant.WriteAsync((connection, tenant) => new EmployeeWriter(connection, tenant).WritePicture(id, picture?.Picture), cancellation);

    private List<ConnectionCheck> Probe(SqliteConnection connection, long tenant)
    {
        var writer = new EmployeeWriter(connection, tenant);
        var name = $"{ProbeKey}:{Guid.NewGuid():N}";
        var created = writer.Write(
            new CrmWrite { ExternalKey = name, Fields = new() { [FieldKeys.Email] = $"{name}@example.com", [FieldKeys.Active] = "false" } }, _tenant.Now);
        var changed = created.Id is { } id ? writer.Write(new CrmWrite { Id = id, Fields = new() { [FieldKeys.Active] = "true" } }, _tenant.Now) : created;
        var found = EmployeeTable.FindByKey(connection, tenant, name);
        if (found is not null)
        {
            EmployeeTable.Delete(connection, tenant, found);
        }

        return
        [
            new ConnectionCheck { Subject = "directory", Passed = true },
            Check("creating", created.Error),
            Check("changing", changed.Error),
            Check("reading", found is null ? new CrmError("record-missing", "The new employee is not there.", false) : null),
        ];
    }

    private static ConnectionCheck Check(string subject, CrmError? error) => error is null
        ? new ConnectionCheck { Subject = subject, Passed = true }
        : new ConnectionCheck { Subject = subject, Passed = false, Cause = error.Message, Remedy = CheckDisk };
}
