using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Core.Tests.Setup.Fakes;

/// <summary>A ConnectWise that offers what a test says, and reads no records but those.</summary>
internal sealed class FakeConnectWise : IConnectWise
{
    public Dictionary<Entity, ConnectWiseChoices> Choices { get; } = [];

    public Dictionary<Entity, IReadOnlyList<FieldDefinition>> Fields { get; } = [];

    public List<ConnectWiseMember> Members { get; } = [];

    public List<ConnectWiseRecord> Records { get; } = [];

    /// <summary>What every call throws; null for none.</summary>
    public Exception? Failure { get; set; }

    public ConnectionTestReport Report { get; set; } = new([new ConnectionCheck { Subject = "site", Passed = true }]);

    public int PageSize => 1000;

    public int Concurrency => 4;

    public double RequestsPerOpportunity => 2;

    public ConnectWiseUsage Usage { get; } = new("fake", 0, 0, 0, 0);

    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) => Task.FromResult(Report);

    public Task<ConnectWiseChoices> ReadChoicesAsync(Entity entity, CancellationToken cancellation) => Answer(Choices.GetValueOrDefault(entity) ?? new ConnectWiseChoices());

    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) => Answer(Fields.GetValueOrDefault(entity) ?? []);

    public Task<IReadOnlyList<ConnectWiseMember>> ReadMembersAsync(CancellationToken cancellation) => Answer<IReadOnlyList<ConnectWiseMember>>(Members);

    public Task<IReadOnlyList<long>> ReadInactiveCompanyStatusesAsync(CancellationToken cancellation) => Answer<IReadOnlyList<long>>([]);

    public Task<long> CountAsync(Entity entity, CancellationToken cancellation) => Answer<long>(Records.Count);

    public Task<ConnectWiseId?> HighestIdAsync(Entity entity, CancellationToken cancellation) => Answer<ConnectWiseId?>(null);

    public IAsyncEnumerable<ConnectWisePage> ReadPagesAsync(
        Entity entity, IdRange range, IReadOnlyList<string> fields, long? expected, CancellationToken cancellation) => AsyncEnumerable.Empty<ConnectWisePage>();

    public IReadOnlyList<ConnectWiseRecord> Parse(Entity entity, ReadOnlyMemory<byte> json, IReadOnlyList<string> fields) => [];

    public Task<ConnectWiseRecord?> FindAsync(Entity entity, ConnectWiseId id, IReadOnlyList<string> fields, CancellationToken cancellation) =>
        Answer(Records.FirstOrDefault(record => record.Id == id));

    public Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadOpportunityChildrenAsync(
        IReadOnlyCollection<ConnectWiseId> opportunities, CancellationToken cancellation) =>
        Answer<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>>(new Dictionary<ConnectWiseId, OpportunityChildren>());

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);
}
