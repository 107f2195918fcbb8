using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Scim.Tests.Servers;
using CrmSync.Scim.Tests.Support;

namespace CrmSync.Scim.Tests.Deviations;

/// <summary>A server with one deviation, and a client of it.</summary>
public abstract class DeviationTest : IAsyncLifetime
{
    internal const string Jane = "jane.doe@example.org";

    private readonly List<ScimHarness> _harnesses = [];

    internal static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var harness in _harnesses)
        {
            await harness.DisposeAsync();
        }
    }

    internal async Task<ScimHarness> StartAsync(ScimServerOptions? options = null)
    {
        var harness = await ScimHarness.StartAsync(options);
        _harnesses.Add(harness);
        return harness;
    }

    internal static async Task<CrmWriteResult> WriteAsync(IDirectory directory, CrmWrite write) => Assert.Single(await directory.WriteAsync([write], None));

    internal static CrmWrite Create(string email = Jane, string key = "cw:acme:user:1", string employeeId = "JDoe") => new()
    {
        ExternalKey = key,
        Fields = new()
        {
            [FieldKeys.FirstName] = "Jane",
            [FieldKeys.LastName] = "Doe",
            [FieldKeys.Email] = email,
            [FieldKeys.EmployeeIds] = $"{employeeId}\n{email}",
            [FieldKeys.Team] = "Help Desk",
            [FieldKeys.Active] = "true",
        },
    };

    internal static async Task<List<CrmRecord>> ReadAllAsync(IDirectory directory)
    {
        var records = new List<CrmRecord>();
        await foreach (var record in directory.ReadAllAsync(None))
        {
            records.Add(record);
        }

        return records;
    }

    internal static async Task FillAsync(ScimHarness harness, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await harness.AddAsync("User", $"{i}", $"user{i}@example.org", $"U{i}");
        }
    }
}
