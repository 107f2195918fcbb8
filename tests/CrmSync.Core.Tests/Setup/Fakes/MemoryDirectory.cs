using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Setup.Fakes;

/// <summary>An employee directory in memory, which counts what it is asked and does what a test says.</summary>
internal sealed class MemoryDirectory : IDirectory
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<CrmId, CrmRecord> _employees = [];
    private int _number;

    public DirectoryCapabilities Capabilities { get; set; } = new()
    {
        Fields = new HashSet<string>
        {
            FieldKeys.Email, FieldKeys.FirstName, FieldKeys.LastName, FieldKeys.Active, FieldKeys.EmployeeIds, FieldKeys.Location, FieldKeys.LocationId,
            FieldKeys.Team, FieldKeys.TeamId, FieldKeys.Position, FieldKeys.PositionId, FieldKeys.HireDate, FieldKeys.Profile,
        },
        Pictures = PictureWay.Content,
        BatchSize = 2,
        WriteConcurrency = 1,
    };

    public IReadOnlyList<string>? Profiles { get; set; } = ["Employee", "Manager"];

    public ConnectionTestReport Report { get; set; } = new([new ConnectionCheck { Subject = "directory", Passed = true }]);

    /// <summary>Told before and after each effect; what it throws, the caller gets.</summary>
    public Action<string> Effect { get; set; } = _ => { };

    /// <summary>Fields that are accepted and not applied.</summary>
    public HashSet<string> Ignores { get; } = [];

    /// <summary>Addresses that are refused.</summary>
    public HashSet<string> Refuses { get; } = [];

    public List<CrmWrite> Writes { get; } = [];

    public int Created { get; private set; }

    public int FullReads { get; private set; }

    public List<(CrmId Employee, PublishedPicture? Picture)> Pictures { get; } = [];

    public IReadOnlyList<CrmRecord> Employees
    {
        get
        {
            lock (_lock)
            {
                return [.. _employees.Values];
            }
        }
    }

    public CrmRecord this[string id] => _employees[new CrmId(id)];

    public CrmRecord Add(string? email, string? ids, string active = "true", string? externalKey = null, params (string Key, string? Value)[] more)
    {
        var fields = new FieldValues { [FieldKeys.Email] = email, [FieldKeys.EmployeeIds] = ids, [FieldKeys.Active] = active };
        foreach (var (key, value) in more)
        {
            fields[key] = value;
        }

        return Store(new CrmRecord { Id = new CrmId($"e{++_number:0000}"), ExternalKey = externalKey, Fields = fields });
    }

    public void Remove(CrmId id) => _employees.Remove(id);

    public Task<DirectoryCapabilities> DescribeAsync(CancellationToken cancellation) => Task.FromResult(Capabilities);

    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) => Task.FromResult(Report);

    public Task<IReadOnlyList<string>?> ReadProfilesAsync(CancellationToken cancellation) => Task.FromResult(Profiles);

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(CancellationToken cancellation)
    {
        FullReads++;
        return Employees.Select(Copy).ToAsyncEnumerable();
    }

    public Task<CrmRecord?> FindAsync(CrmId id, CancellationToken cancellation) =>
        Task.FromResult(Employees.FirstOrDefault(employee => employee.Id == id) is { } found ? Copy(found) : null);

    // More than was asked for: Core compares itself.
    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(EmployeeKeys keys, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CrmRecord>>([.. Employees.Select(Copy)]);

    public Task<IReadOnlyList<CrmWriteResult>> WriteAsync(IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        Assert.InRange(writes.Count, 1, Capabilities.BatchSize);
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<CrmWriteResult>>([.. writes.Select(Tell)]);
        }
    }

    public Task<CrmWriteResult> WritePictureAsync(CrmId id, PublishedPicture? picture, CancellationToken cancellation)
    {
        Effect("picture begins");
        lock (_lock)
        {
            Pictures.Add((id, picture));
        }

        Effect("picture done");
        return Task.FromResult(new CrmWriteResult { Id = id });
    }

    // Whoever dies in the middle of a batch leaves half of it behind.
    private CrmWriteResult Tell(CrmWrite write)
    {
        Effect("directory write begins");
        var result = Write(write);
        Effect("directory write done");
        return result;
    }

    private CrmWriteResult Write(CrmWrite write)
    {
        Writes.Add(write);
        if (write.Fields[FieldKeys.Email] is { } email && Refuses.Contains(email))
        {
            return new CrmWriteResult { Error = new CrmError("taken", "The address is taken.", false) };
        }

        var known = write.Id is { } id ? _employees.GetValueOrDefault(id)
            : write.ExternalKey is { } key ? _employees.Values.FirstOrDefault(employee => employee.ExternalKey == key) : null;
        var created = known is null;
        if (created && write.Id is not null)
        {
            return new CrmWriteResult { Error = new CrmError("gone", "There is no such employee.", false) };
        }

        Created += created ? 1 : 0;
        var fields = known?.Fields.Copy() ?? new FieldValues();
        foreach (var (field, value) in known is not null && write.Id is null ? [] : write.Fields.Where(field => !Ignores.Contains(field.Key)))
        {
            fields[field] = value;
        }

        var stored = Store(new CrmRecord
        {
            Id = known?.Id ?? new CrmId($"e{++_number:0000}"),
            ExternalKey = write.ExternalKey ?? known?.ExternalKey,
            Fields = fields,
        });
        var answer = new FieldValues();
        foreach (var (field, _) in write.Fields)
        {
            answer[field] = stored.Fields[field];
        }

        return new CrmWriteResult { Id = stored.Id, Created = created, Stored = answer };
    }

    private CrmRecord Store(CrmRecord employee) => _employees[employee.Id] = employee;

    private static CrmRecord Copy(CrmRecord employee) => new() { Id = employee.Id, ExternalKey = employee.ExternalKey, Fields = employee.Fields.Copy() };
}
