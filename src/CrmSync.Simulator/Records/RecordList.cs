using System.Collections.Concurrent;

namespace CrmSync.Simulator.Records;

/// <summary>
/// A list of the account: generated records, each a function of its position, under a layer of the changes made since. Readers never
/// wait; writers take turns.
/// </summary>
internal sealed class RecordList(RecordDefinition definition, IdSpace ids) : RecordSource
{
    private readonly ConcurrentDictionary<int, FieldValue[]> _changes = new();
    private readonly Lock _writing = new();
    private readonly int _firstNewId = ids.Count == 0 ? 1 : ids.IdAt(ids.Count - 1) + 1;
    private volatile int[] _deletedPositions = [];
    private volatile int _created;
    private long _version;

    public override RecordDefinition Definition => definition;

    public override long Version => Interlocked.Read(ref _version);

    public override int Positions => ids.Count + _created;

    public override int IdAt(int position) => position < ids.Count ? ids.IdAt(position) : _firstNewId + position - ids.Count;

    public override bool Exists(int position) => _deletedPositions.Length == 0 || System.Array.BinarySearch(_deletedPositions, position) < 0;

    public override int LowerBound(long id)
    {
        if (id < _firstNewId)
        {
            return ids.LowerBound(id);
        }

        return (int)Math.Min(Positions, ids.Count + (id - _firstNewId));
    }

    public override bool HasRanks => true;

    public override int RankOf(int position)
    {
        var place = System.Array.BinarySearch(_deletedPositions, position);
        return position - (place < 0 ? ~place : place);
    }

    public override int PositionOf(int ordinal)
    {
        var position = ordinal;
        foreach (var deleted in _deletedPositions)
        {
            if (deleted > position)
            {
                break;
            }

            position++;
        }

        return Math.Min(position, Positions);
    }

    public override FieldValue Read(RecordKey key, FieldDefinition field) =>
        _changes.TryGetValue(key.Id, out var values) ? values[field.Index] : field.Read(key);

    /// <summary>Adds a record under the next free id, which <paramref name="fill"/> receives.</summary>
    public int Create(Func<int, FieldValue[]> fill)
    {
        lock (_writing)
        {
            var id = _firstNewId + _created;
            _changes[id] = fill(id);
            _created++;
            Interlocked.Increment(ref _version);
            return id;
        }
    }

    /// <summary>Replaces values of one record; false when there is none of this id.</summary>
    public bool Change(int id, Action<FieldValue[]> change)
    {
        lock (_writing)
        {
            if (!TryFind(id, out var key))
            {
                return false;
            }

            var values = System.Array.ConvertAll(definition.Fields, f => Read(key, f));
            change(values);
            _changes[id] = values;
            Interlocked.Increment(ref _version);
            return true;
        }
    }

    /// <summary>Removes one record for good; false when there is none of this id.</summary>
    public bool Delete(int id)
    {
        lock (_writing)
        {
            if (!TryFind(id, out var key))
            {
                return false;
            }

            var deleted = _deletedPositions;
            var place = ~System.Array.BinarySearch(deleted, key.Position);
            _deletedPositions = [.. deleted[..place], key.Position, .. deleted[place..]];
            _changes.TryRemove(id, out _);
            Interlocked.Increment(ref _version);
            return true;
        }
    }
}
