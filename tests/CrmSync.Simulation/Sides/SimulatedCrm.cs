using System.Globalization;
using CrmSync.Core;
using CrmSync.Core.Matching;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Simulation.Engine;

namespace CrmSync.Simulation.Sides;

/// <summary>What became of one field of one record of the CRM.</summary>
internal sealed record CrmEdit(Entity Entity, CrmId Id, string? ExternalKey, string Field, string? Before, string? After, bool Created);

/// <summary>A CRM of a few records over a bad line: it loses requests and answers, refuses single records, and shortens what it stores.</summary>
internal sealed class SimulatedCrm(Chance chance, Effects effects, TimeProvider time) : ICrm
{
    private const string Country = "US";
    private readonly Dictionary<Entity, SortedDictionary<string, CrmRecord>> _records = new() { [Entity.Company] = [], [Entity.Contact] = [] };
    private readonly HashSet<(CrmId Id, string Field)> _byUsers = [];
    private readonly Dictionary<(CrmId Id, string Field), int> _edited = [];
    private readonly Dictionary<CrmId, int> _read = [];
    private int _moment;
    private int _last;

    /// <summary>Called for every field that the import changes.</summary>
    public Action<CrmEdit> Written { get; set; } = _ => { };

    /// <summary>Writes that arrived.</summary>
    public int Writes { get; private set; }

    public CrmCapabilities Capabilities { get; } = new()
    {
        UniqueExternalKey = true,
        Lists = true,
        LineItems = false,
        Delete = true,
        ChangeFeed = false,
        BatchSize = 2,
        WriteConcurrency = 2,
    };

    public IReadOnlyCollection<CrmRecord> Of(Entity entity) => _records.TryGetValue(entity, out var records) ? records.Values : [];

    /// <summary>Whether a user was the last to write a field.</summary>
    public bool IsUsers(CrmId id, string field) => _byUsers.Contains((id, field));

    /// <summary>Whether the import has read a record since a user edited a field of it.</summary>
    public bool HasBeenSeen(CrmId id, string field) => _read.GetValueOrDefault(id) > _edited.GetValueOrDefault((id, field));

    /// <summary>A user adds a record.</summary>
    public CrmId Add(Entity entity, FieldValues fields)
    {
        var id = NewId(entity);
        _records[entity][id.Value] = new CrmRecord { Id = id, Fields = fields, UpdatedAt = time.GetUtcNow() };
        foreach (var (key, _) in fields)
        {
            _byUsers.Add((id, key));
        }

        return id;
    }

    /// <summary>A user changes a field.</summary>
    public void Edit(Entity entity, CrmId id, string field, string? value)
    {
        var record = _records[entity][id.Value];
        var fields = record.Fields.Copy();
        fields[field] = value;
        _records[entity][id.Value] = new CrmRecord { Id = id, ExternalKey = record.ExternalKey, Fields = fields, UpdatedAt = time.GetUtcNow() };
        _byUsers.Add((id, field));
        _edited[(id, field)] = ++_moment;
    }

    /// <summary>A user deletes a record.</summary>
    public void Delete(Entity entity, CrmId id) => _records[entity].Remove(id.Value);

    public Task<IReadOnlyList<FieldDefinition>> DescribeFieldsAsync(Entity entity, CancellationToken cancellation) => Task.FromResult(Fields.Of(entity));

    public Task<IReadOnlyDictionary<CrmId, CrmRecord>> ReadAsync(Entity entity, IReadOnlyCollection<CrmId> ids, CancellationToken cancellation)
    {
        _moment++;
        foreach (var id in ids)
        {
            _read[id] = _moment;
        }

        return Answer<IReadOnlyDictionary<CrmId, CrmRecord>>(Of(entity).Where(record => ids.Contains(record.Id)).ToDictionary(record => record.Id));
    }

    public Task<IReadOnlyList<CrmRecord>> FindCandidatesAsync(Entity entity, IEnumerable<MatchKey> keys, CancellationToken cancellation)
    {
        var wanted = keys.ToHashSet();
        return Answer<IReadOnlyList<CrmRecord>>(
            [.. Of(entity).Where(record => MatchProfile.Of(entity, record.Fields, Country, record.ExternalKey).Keys.Any(wanted.Contains))]);
    }

    public async Task<IReadOnlyList<CrmWriteResult>> WriteAsync(Entity entity, IReadOnlyList<CrmWrite> writes, CancellationToken cancellation)
    {
        effects.Boundary($"write {entity}");
        await Answer(0);
        var results = writes.Select(write => Write(entity, write)).ToList();
        if (chance.Happens(chance.Twice))
        {
            results = [.. writes.Select(write => Write(entity, write))];
        }

        effects.Boundary($"written {entity}");
        return chance.Happens(chance.LostAnswer) ? throw Lost() : results;
    }

    public Task<CrmChoices> ReadChoicesAsync(CancellationToken cancellation) => throw NotAsked();

    public Task<Result<CrmChangePage>> ReadChangesAsync(Entity entity, string? since, int limit, CancellationToken cancellation) =>
        Task.FromResult<Result<CrmChangePage>>(ChangeFeed.Unsupported);

    public IAsyncEnumerable<CrmRecord> ReadAllAsync(Entity entity, CancellationToken cancellation) => throw NotAsked();

    public Task<IReadOnlyList<CrmWriteResult>> InviteAsync(IReadOnlyList<UserInvitation> invitations, CancellationToken cancellation) => throw NotAsked();

    private CrmWriteResult Write(Entity entity, CrmWrite write)
    {
        if (chance.Happens(chance.Refused))
        {
            return new CrmWriteResult { Error = new CrmError("refused", "Not today.", RetryHelps: true) };
        }

        var holder = write.ExternalKey is { } key ? Of(entity).FirstOrDefault(record => record.ExternalKey == key) : null;
        if (write.Id is null && holder is not null)
        {
            return Result(holder, write, created: false);
        }

        var before = write.Id is { } id ? Of(entity).FirstOrDefault(record => record.Id == id) : null;
        if (write.Id is not null && before is null)
        {
            return new CrmWriteResult { Error = new CrmError("gone", "There is no such record.", RetryHelps: false) };
        }

        if (chance.DuplicateRule && before is null && write.Fields[FieldKeys.Name] is { } name && Of(entity).Any(record => record.Fields[FieldKeys.Name] == name))
        {
            return new CrmWriteResult { Error = new CrmError("duplicate", "There is a record of this name.", RetryHelps: false) };
        }

        Writes++;
        var after = new CrmRecord
        {
            Id = before?.Id ?? NewId(entity),
            ExternalKey = write.ExternalKey ?? before?.ExternalKey,
            Fields = before?.Fields.Copy() ?? new FieldValues(),
            UpdatedAt = time.GetUtcNow(),
        };
        foreach (var (field, value) in write.Fields)
        {
            var (old, stored) = (after.Fields[field], Fields.Stored(field, value));
            after.Fields[field] = stored;
            if (old != stored)
            {
                _byUsers.Remove((after.Id, field));
                Written(new CrmEdit(entity, after.Id, after.ExternalKey, field, old, stored, before is null));
                effects.Note(string.Create(CultureInfo.InvariantCulture, $"{after.Id} {field}: {old} -> {stored}"));
            }
        }

        _records[entity][after.Id.Value] = after;
        return Result(after, write, before is null);
    }

    private static CrmWriteResult Result(CrmRecord record, CrmWrite write, bool created)
    {
        var stored = new FieldValues();
        foreach (var (field, _) in write.Fields)
        {
            stored.Add(field, record.Fields[field]);
        }

        return new CrmWriteResult { Id = record.Id, Created = created, Stored = stored };
    }

    private CrmId NewId(Entity entity) => new(string.Create(CultureInfo.InvariantCulture, $"{entity.ToString()[..2]}-{++_last:00000}"));

    private Task<T> Answer<T>(T value) => chance.Happens(chance.Lost) ? Task.FromException<T>(Lost()) : Task.FromResult(value);

    private static CrmException Lost() => new("unreachable", "The line is bad.", "Ask again.", retryHelps: true);

    private static NotSupportedException NotAsked() => new("An import does not ask this.");
}
