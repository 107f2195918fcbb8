using CrmSync.Simulator.Records;

namespace CrmSync.Simulator.Accounts;

/// <summary>The pairs of records and types, read from the <c>types</c> that the records show.</summary>
internal sealed class TypeAssociations : RecordSource
{
    /// <summary>The id of a pair is the record's id times this, plus the place among its types.</summary>
    public const int IdsPerRecord = 8;

    private readonly RecordList _parents;
    private readonly FieldDefinition _types;

    public TypeAssociations(RecordList parents, string parentName, FieldDefinition[] parentMembers, FieldDefinition[] typeMembers)
    {
        _parents = parents;
        _types = parents.Definition.Find("types")!;
        Definition = new RecordDefinition(
            parents.Definition.Title + " Type Association",
            Field.Integer("id", k => k.Id),
            Field.Reference("type", typeMembers, k => Types(k.Position / IdsPerRecord)[k.Position % IdsPerRecord].Key.Id),
            Field.Reference(parentName, parentMembers, k => k.Id / IdsPerRecord),
            new FieldDefinition("_info", FieldKind.Object, FieldValue.Keyed));
    }

    public override RecordDefinition Definition { get; }

    public override long Version => _parents.Version;

    public override int Positions => _parents.Positions * IdsPerRecord;

    public override int IdAt(int position) => (_parents.IdAt(position / IdsPerRecord) * IdsPerRecord) + (position % IdsPerRecord);

    public override bool Exists(int position) =>
        _parents.Exists(position / IdsPerRecord) && Types(position / IdsPerRecord).Length > position % IdsPerRecord;

    public override int LowerBound(long id)
    {
        var parent = _parents.LowerBound(id / IdsPerRecord);
        var isOwn = parent < _parents.Positions && _parents.IdAt(parent) == id / IdsPerRecord;
        return (parent * IdsPerRecord) + (isOwn ? (int)(Math.Max(0, id) % IdsPerRecord) : 0);
    }

    public override FieldValue Read(RecordKey key, FieldDefinition field) => field.Read(key);

    private FieldValue[] Types(int parent)
    {
        var value = _parents.Read(new RecordKey(parent, _parents.IdAt(parent)), _types);
        return value.IsNull ? [] : value.Items;
    }
}
