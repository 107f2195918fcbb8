using System.Text;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Setup.Fakes;

/// <summary>A ConnectWise that offers what a test says, and reads no records but those.</summary>
internal sealed class FakeConnectWise : IConnectWise
{
    private long _requests;

    public Dictionary<Entity, ConnectWiseChoices> Choices { get; } = [];

    public Dictionary<Entity, IReadOnlyList<FieldDefinition>> Fields { get; } = [];

    public List<ConnectWiseMember> Members { get; } = [];

    public List<ConnectWiseRecord> Records { get; } = [];

    /// <summary>The members as the employee sync reads them.</summary>
    public List<ConnectWiseRecord> Employees { get; } = [];

    /// <summary>What ConnectWise counts, where it is not the members that it lists.</summary>
    public long? Counted { get; set; }

    /// <summary>The members' pictures, and how often each was downloaded.</summary>
    public Dictionary<ConnectWiseId, byte[]> Photos { get; } = [];

    public int Downloads { get; private set; }

    /// <summary>What every call throws; null for none.</summary>
    public Exception? Failure { get; set; }

    public ConnectionTestReport Report { get; set; } = new([new ConnectionCheck { Subject = "site", Passed = true }]);

    public int PageSize { get; set; } = 1000;

    public int Concurrency => 4;

    public int Readings => 4;

    public double RequestsPerOpportunity => 2;

    public ConnectWiseUsage Usage => new("fake", _requests, 0, 0, 0);

    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) => Task.FromResult(Report);

    public Task<ConnectWiseChoices> ReadChoicesAsync(Entity entity, CancellationToken cancellation) => Answer(Choices.GetValueOrDefault(entity) ?? new ConnectWiseChoices());

    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) => Answer(Fields.GetValueOrDefault(entity) ?? []);

    public Task<IReadOnlyList<ConnectWiseMember>> ReadMembersAsync(CancellationToken cancellation) => Answer<IReadOnlyList<ConnectWiseMember>>(Members);

    public Task<IReadOnlyList<long>> ReadInactiveCompanyStatusesAsync(CancellationToken cancellation) => Answer<IReadOnlyList<long>>([]);

    public Task<long> CountAsync(Entity entity, CancellationToken cancellation)
    {
        // The first request of a new client is to find out where the API is.
        _requests += _requests == 0 ? 2 : 1;
        return Answer(entity == Entity.Employee ? Counted ?? Employees.Count : Records.Count);
    }

    public Task<IdRange?> BoundsAsync(Entity entity, CancellationToken cancellation) => Answer<IdRange?>(null);

    public IAsyncEnumerable<ConnectWisePage> ReadPagesAsync(
        Entity entity, IdRange range, IReadOnlyList<string> fields, long? expected, CancellationToken cancellation) =>
        Failure is not null ? throw Failure
            : (entity == Entity.Employee ? Employees.OrderBy(member => member.Id) : Enumerable.Empty<ConnectWiseRecord>()).Chunk(PageSize)
                .Select(page => Asked(
                    new ConnectWisePage(Encoding.UTF8.GetBytes(CoreJson.Serialize(page)), [.. page.Select(member => member.Id.Value)])))
                .ToAsyncEnumerable();

    public IReadOnlyList<ConnectWiseRecord> Parse(Entity entity, ReadOnlyMemory<byte> json, IReadOnlyList<string> fields) =>
        CoreJson.Deserialize<List<ConnectWiseRecord>>(Encoding.UTF8.GetString(json.Span));

    public Task<ConnectWiseRecord?> FindAsync(Entity entity, ConnectWiseId id, IReadOnlyList<string> fields, CancellationToken cancellation) =>
        Answer((entity == Entity.Employee ? Employees : Records).FirstOrDefault(record => record.Id == id));

    public Task<ReadOnlyMemory<byte>?> ReadMemberPhotoAsync(ConnectWiseId member, CancellationToken cancellation)
    {
        Downloads++;
        _requests++;
        return Answer(Photos.TryGetValue(member, out var photo) ? new ReadOnlyMemory<byte>(photo) : (ReadOnlyMemory<byte>?)null);
    }

    public Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadOpportunityChildrenAsync(
        IReadOnlyCollection<ConnectWiseId> opportunities, CancellationToken cancellation) =>
        Answer<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>>(new Dictionary<ConnectWiseId, OpportunityChildren>());

    private ConnectWisePage Asked(ConnectWisePage page)
    {
        _requests++;
        return page;
    }

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);
}
