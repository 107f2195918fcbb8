using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Employees;

/// <summary>
/// What every directory behind <see cref="IDirectory"/> does. Each class below holds one topic; a connector derives a class from each and says how its
/// directory is started. What concerns a field holds where the directory has a place for it.
/// </summary>
public abstract class DirectoryContract : IAsyncLifetime
{
    protected const string Jane = "jane.doe@example.org";

    protected static CancellationToken None => CancellationToken.None;

    protected IDirectoryHarness Harness { get; private set; } = null!;

    protected IDirectory Directory { get; private set; } = null!;

    protected DirectoryCapabilities Able { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Harness = await StartAsync();
        Directory = Harness.Open();
        Able = await Directory.DescribeAsync(None);
    }

    public async Task DisposeAsync() => await Harness.DisposeAsync();

    /// <summary>Starts an empty directory.</summary>
    protected abstract Task<IDirectoryHarness> StartAsync();

    protected async Task<CrmWriteResult> WriteAsync(CrmWrite write) => Assert.Single(await Directory.WriteAsync([write], None));

    protected Task<CrmWriteResult> TryCreateAsync(FieldValues fields, string? externalKey) =>
        WriteAsync(new CrmWrite { ExternalKey = externalKey, Fields = fields });

    protected async Task<CrmId> CreateAsync(FieldValues fields, string? externalKey = "cw:acme:user:1")
    {
        var result = await TryCreateAsync(fields, externalKey);
        Assert.Null(result.Error);
        Assert.True(result.Created);
        return result.Id!.Value;
    }

    protected Task<CrmWriteResult> ChangeAsync(CrmId id, FieldValues fields, string? externalKey = null) =>
        WriteAsync(new CrmWrite { Id = id, ExternalKey = externalKey, Fields = fields });

    protected async Task<CrmRecord> ReadAsync(CrmId id)
    {
        var record = await Directory.FindAsync(id, None);
        Assert.NotNull(record);
        return record;
    }

    protected async Task<List<CrmRecord>> ReadAllAsync(IDirectory? directory = null)
    {
        var records = new List<CrmRecord>();
        await foreach (var record in (directory ?? Directory).ReadAllAsync(None))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>The fields of an employee, as far as the directory has a place for them.</summary>
    protected FieldValues Employee(string email = Jane, string employeeId = "JDoe")
    {
        var all = new FieldValues
        {
            [FieldKeys.FirstName] = "Jane",
            [FieldKeys.LastName] = "Doe",
            [FieldKeys.Email] = email,
            [FieldKeys.EmployeeIds] = Able.OneEmployeeId ? employeeId : $"{employeeId}\n{email}",
            [FieldKeys.Location] = "Tampa Office",
            [FieldKeys.LocationId] = "2",
            [FieldKeys.Team] = "Help Desk",
            [FieldKeys.TeamId] = "7",
            [FieldKeys.Position] = "Engineer",
            [FieldKeys.PositionId] = "11",
            [FieldKeys.HireDate] = "2024-02-29",
            [FieldKeys.Active] = "true",
        };
        var known = new FieldValues();
        foreach (var (key, value) in all)
        {
            if (Able.Fields.Contains(key))
            {
                known.Add(key, value);
            }
        }

        return known;
    }

    /// <summary>Ids are held as a list, in which those that were written are.</summary>
    protected static void AssertHolds(FieldValues expected, FieldValues actual)
    {
        foreach (var (key, value) in expected)
        {
            if (key == FieldKeys.EmployeeIds)
            {
                Assert.Subset(Canonical.Lines(actual[key]).ToHashSet(StringComparer.Ordinal), Canonical.Lines(value).ToHashSet(StringComparer.Ordinal));
            }
            else
            {
                Assert.True(actual.Has(key), $"{key} was not observed.");
                Assert.Equal((key, value), (key, actual[key]));
            }
        }
    }

    protected static void AssertRefused(CrmWriteResult result)
    {
        Assert.NotNull(result.Error);
        Assert.False(result.Error.RetryHelps);
        Assert.NotEmpty(result.Error.Code);
        Assert.NotEmpty(result.Error.Message);
        Assert.Null(result.Id);
        Assert.Null(result.Stored);
        Assert.False(result.Created);
    }
}
