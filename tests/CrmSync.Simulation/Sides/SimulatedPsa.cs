using System.Text;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Simulation.Engine;

namespace CrmSync.Simulation.Sides;

/// <summary>A ConnectWise of a few records, read page by page over a bad line while people change it.</summary>
internal sealed class SimulatedPsa(Chance chance, Effects effects, TimeProvider time, Mutant mutant) : IConnectWise
{
    private readonly Dictionary<Entity, SortedDictionary<long, ConnectWiseRecord>> _records = new() { [Entity.Company] = [], [Entity.Contact] = [], [Entity.Employee] = [] };
    private long _requests;

    /// <summary>F23: what is there and is not listed; its counts do not tell.</summary>
    public Predicate<ConnectWiseRecord> Hidden { get; set; } = _ => false;

    /// <summary>A mutant: what is not listed counts as inactive.</summary>
    public bool HiddenTakenForInactive { get; set; }

    /// <summary>F25: by how many records the counts are too high.</summary>
    public int Excess { get; set; }

    public int PageSize => 3;

    public int Concurrency => 2;

    public int Readings => 3;

    public double RequestsPerOpportunity => 0;

    public ConnectWiseUsage Usage => new("simulated", _requests, 0, 0, 0);

    public IReadOnlyCollection<ConnectWiseRecord> Of(Entity entity) => _records.TryGetValue(entity, out var records) ? records.Values : [];

    public void Put(Entity entity, ConnectWiseRecord record) => _records[entity][record.Id.Value] = new ConnectWiseRecord
    {
        Id = record.Id,
        TypeIds = record.TypeIds,
        Inactive = record.Inactive,
        Fields = record.Fields,
        UpdatedAt = time.GetUtcNow(),
    };

    public void Delete(Entity entity, ConnectWiseId id) => _records[entity].Remove(id.Value);

    public Task<IReadOnlyList<long>> ReadInactiveCompanyStatusesAsync(CancellationToken cancellation) => Answer<IReadOnlyList<long>>([]);

    public Task<long> CountAsync(Entity entity, CancellationToken cancellation) => Answer<long>(Listed(entity).Count() + Excess);

    public Task<IdRange?> BoundsAsync(Entity entity, CancellationToken cancellation) =>
        Answer(Of(entity).ToList() is [var first, ..] and [.., var last] ? new IdRange(first.Id.Value - 1, last.Id.Value) : null);

    public async IAsyncEnumerable<ConnectWisePage> ReadPagesAsync(
        Entity entity, IdRange range, IReadOnlyList<string> fields, long? expected,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = range.After;
        for (var number = 0; ; number++)
        {
            var page = await Answer(Page(entity, range, after, number));
            effects.Boundary($"page of {entity} after {after}");
            if (page.Count > 0)
            {
                yield return new ConnectWisePage(Encoding.UTF8.GetBytes(CoreJson.Serialize(page)), [.. page.Select(record => record.Id.Value)]);
                after = page[^1].Id.Value;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }

    public IReadOnlyList<ConnectWiseRecord> Parse(Entity entity, ReadOnlyMemory<byte> json, IReadOnlyList<string> fields) =>
        [.. CoreJson.Deserialize<List<ConnectWiseRecord>>(Encoding.UTF8.GetString(json.Span)).Select(record => mutant != Mutant.InactiveIgnored ? record
            : new ConnectWiseRecord { Id = record.Id, TypeIds = record.TypeIds, Fields = record.Fields, UpdatedAt = record.UpdatedAt })];

    public Task<ConnectWiseRecord?> FindAsync(Entity entity, ConnectWiseId id, IReadOnlyList<string> fields, CancellationToken cancellation) =>
        Answer(Of(entity).FirstOrDefault(record => record.Id == id));

    public Task<IReadOnlyDictionary<ConnectWiseId, OpportunityChildren>> ReadOpportunityChildrenAsync(
        IReadOnlyCollection<ConnectWiseId> opportunities, CancellationToken cancellation) => throw NotAsked();

    public Task<ReadOnlyMemory<byte>?> ReadMemberPhotoAsync(ConnectWiseId member, CancellationToken cancellation) => throw NotAsked();

    public Task<ConnectionTestReport> TestAsync(CancellationToken cancellation) => throw NotAsked();

    public Task<ConnectWiseChoices> ReadChoicesAsync(Entity entity, CancellationToken cancellation) => throw NotAsked();

    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) => throw NotAsked();

    public Task<IReadOnlyList<ConnectWiseMember>> ReadMembersAsync(CancellationToken cancellation) => throw NotAsked();

    private IEnumerable<ConnectWiseRecord> Listed(Entity entity) => HiddenTakenForInactive
        ? Of(entity).Select(record => new ConnectWiseRecord
        {
            Id = record.Id,
            TypeIds = record.TypeIds,
            Inactive = record.Inactive || Hidden(record),
            Fields = record.Fields,
            UpdatedAt = record.UpdatedAt,
        })
        : Of(entity).Where(record => !Hidden(record));

    private List<ConnectWiseRecord> Page(Entity entity, IdRange range, long after, int number)
    {
        var records = Listed(entity).Where(record => range.Contains(record.Id));
        return mutant switch
        {
            Mutant.PagesByNumber => [.. records.Skip(number * PageSize).Take(PageSize)],
            Mutant.ReadingCapped => [.. records.Where(record => record.Id.Value > after).Take(number < 1 ? PageSize : 0)],
            _ => [.. records.Where(record => record.Id.Value > after).Take(PageSize)],
        };
    }

    private Task<T> Answer<T>(T value)
    {
        _requests++;
        return chance.Happens(chance.Lost)
            ? Task.FromException<T>(new ConnectWiseException("unreachable", "The request was lost.", "Ask again.", retryHelps: true))
            : Task.FromResult(value);
    }

    private static NotSupportedException NotAsked() => new("An import does not ask this.");
}
