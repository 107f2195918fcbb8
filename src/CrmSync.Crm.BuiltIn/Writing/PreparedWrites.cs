using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;
using CrmSync.Crm.BuiltIn.Matching;
using CrmSync.Crm.BuiltIn.Records;

namespace CrmSync.Crm.BuiltIn.Writing;

/// <summary>
/// Writes as far as they can be worked out without looking at the database: checked, encoded, and with the keys that a record made of them stands
/// under. All of it happens ahead of the transaction, so that no other writer waits for it.
/// </summary>
internal sealed class PreparedWrites : IDisposable
{
    private readonly PooledBuffer _json;
    private readonly KeyBatch _keys;
    private readonly (int Json, int Keys)[] _ends;

    public PreparedWrites(TenantSchema schema, Entity entity, IReadOnlyList<CrmWrite> writes)
    {
        (Schema, Scope) = (schema, schema.Scope(entity));
        Writes = [.. writes.Select((write, i) => new PreparedWrite(i, write, schema.Of(entity)))];
        References = ReferencesOf(schema, Scope, Writes);
        _keys = new KeyBatch(writes.Count * KeyBatch.UsualOfARecord);
        _ends = new (int, int)[writes.Count];
        _json = new PooledBuffer(writes.Count * RecordEncoder.UsualSize);
        using var encoder = new RecordEncoder(_json);
        var keys = new RecordKeys(Scope, schema.Of(entity));
        var entries = new List<IndexEntry>();
        foreach (var write in Writes)
        {
            if (write.IsCreate)
            {
                encoder.Encode(schema.Of(entity), write.Fields);
                keys.Add(entries, 0, write.Fields);
                foreach (var entry in entries)
                {
                    _keys.Add(entry);
                }

                entries.Clear();
            }

            _ends[write.Place] = (_json.Memory.Length, _keys.Bytes.Length);
        }
    }

    /// <summary>The schema that they were checked against.</summary>
    public TenantSchema Schema { get; }

    public RecordScope Scope { get; }

    /// <summary>The writes, in order.</summary>
    public IReadOnlyList<PreparedWrite> Writes { get; }

    /// <summary>The rows that their fields point to.</summary>
    public IReadOnlySet<long> References { get; }

    /// <summary>The stored form of the record that a create makes.</summary>
    public ReadOnlySpan<byte> JsonOf(PreparedWrite write) => _json.Span[EndsBefore(write).Json.._ends[write.Place].Json];

    /// <summary>The index entries of the record that a create makes; its row is not known yet.</summary>
    public ReadOnlySpan<byte> KeysOf(PreparedWrite write) => _keys.Bytes[EndsBefore(write).Keys.._ends[write.Place].Keys];

    public void Dispose()
    {
        _json.Dispose();
        _keys.Dispose();
    }

    private (int Json, int Keys) EndsBefore(PreparedWrite write) => write.Place == 0 ? default : _ends[write.Place - 1];

    private static HashSet<long> ReferencesOf(TenantSchema schema, RecordScope scope, IReadOnlyList<PreparedWrite> writes)
    {
        var rows = new HashSet<long>();
        var entity = schema.Of(scope.Entity);
        foreach (var write in writes)
        {
            foreach (var field in entity.References)
            {
                Add(field.Definition.References!.Value, write.Write.Fields[field.Key]);
            }

            foreach (var solution in write.Solutions)
            {
                Add(Entity.Solution, solution);
            }
        }

        return rows;

        void Add(Entity target, string? id)
        {
            if (id is not null && scope.Of(target).Row(new CrmId(id.Trim())) is { } row)
            {
                rows.Add(row);
            }
        }
    }
}

/// <summary>One write, checked field by field.</summary>
internal sealed class PreparedWrite
{
    private readonly bool[] _given;

    public PreparedWrite(int place, CrmWrite write, EntitySchema schema)
    {
        (Place, Write, _given) = (place, write, new bool[schema.Fields.Length]);
        MarksError = RecordRules.CheckMarks(schema.Entity, write);
        FieldsError = RecordRules.CheckFields(schema, write, _given, out var fields, out var asGiven);
        (Fields, IsAsGiven) = (fields, asGiven);
        Solutions = schema.Entity == Entity.Opportunity ? LineRules.Solutions(write.Fields[FieldKeys.LineItems]) : [];
    }

    /// <summary>Its place in the batch.</summary>
    public int Place { get; }

    public CrmWrite Write { get; }

    /// <summary>Why its key or lists cannot be taken; null where they can.</summary>
    public CrmError? MarksError { get; }

    /// <summary>Why its fields cannot be taken; null where they can.</summary>
    public CrmError? FieldsError { get; }

    /// <summary>Whether a record can be made of it.</summary>
    public bool IsCreate => Write.Id is null && MarksError is null && FieldsError is null;

    /// <summary>All fields of the entity in their order, as a record made of this write has them: those that are not given are blank.</summary>
    public FieldValues Fields { get; }

    /// <summary>Whether the stored form of all that is given is what was given.</summary>
    public bool IsAsGiven { get; }

    /// <summary>The solutions that its line items sell.</summary>
    public IReadOnlyList<string> Solutions { get; }

    /// <summary>The fields of a record once this is written to it: those that were given, the others as they were.</summary>
    public FieldValues Over(FieldValues before)
    {
        var given = Fields.AsSpan();
        var kept = before.AsSpan();
        var after = new FieldValues(given.Length);
        for (var i = 0; i < given.Length; i++)
        {
            after.Add(given[i].Key, _given[i] ? given[i].Value : kept[i].Value);
        }

        return after;
    }
}
