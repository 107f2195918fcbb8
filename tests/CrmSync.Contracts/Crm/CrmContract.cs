using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using Xunit;

namespace CrmSync.Contracts.Crm;

/// <summary>
/// What every CRM behind <see cref="ICrm"/> does. Each class below holds one topic; a connector derives a class from each and says how its
/// CRM is started. A rule that needs a capability holds where the CRM declares it.
/// </summary>
public abstract class CrmContract : IAsyncLifetime
{
    protected const string Tenant = "acme";

    protected static CancellationToken None => CancellationToken.None;

    protected ICrmHarness Harness { get; private set; } = null!;

    protected ICrm Crm { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Harness = await StartAsync();
        Crm = Harness.Open(Tenant);
    }

    public async Task DisposeAsync() => await Harness.DisposeAsync();

    /// <summary>Starts an empty CRM.</summary>
    protected abstract Task<ICrmHarness> StartAsync();

    protected async Task<CrmWriteResult> WriteAsync(Entity entity, CrmWrite write) => Assert.Single(await Crm.WriteAsync(entity, [write], None));

    protected async Task<CrmId> CreateAsync(Entity entity, FieldValues fields, string? externalKey = null, string? list = null)
    {
        var result = await WriteAsync(entity, new CrmWrite { ExternalKey = externalKey, Fields = fields, JoinList = list });
        Assert.Null(result.Error);
        Assert.True(result.Created);
        return result.Id!.Value;
    }

    protected async Task<CrmWriteResult> ChangeAsync(Entity entity, CrmId id, FieldValues fields) =>
        await WriteAsync(entity, new CrmWrite { Id = id, Fields = fields });

    protected async Task<CrmRecord> ReadAsync(Entity entity, CrmId id) => (await Crm.ReadAsync(entity, [id], None))[id];

    protected async Task<List<CrmRecord>> ReadAllAsync(Entity entity, ICrm? crm = null)
    {
        var records = new List<CrmRecord>();
        await foreach (var record in (crm ?? Crm).ReadAllAsync(entity, None))
        {
            records.Add(record);
        }

        return records;
    }

    /// <summary>The least that a record of an entity can be created with.</summary>
    protected static FieldValues Least(Entity entity, string name = "Acme") => entity switch
    {
        Entity.User => new() { [FieldKeys.Email] = $"{name}@example.org", [FieldKeys.Name] = name },
        Entity.Company or Entity.Solution or Entity.Opportunity => new() { [FieldKeys.Name] = name },
        Entity.Contact => new() { [FieldKeys.FirstName] = name },
        Entity.Employee => throw new ArgumentOutOfRangeException(nameof(entity), "Employees stand in the directory."),
        Entity.Activity => new() { [FieldKeys.Kind] = "call", [FieldKeys.Subject] = name },
    };

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
