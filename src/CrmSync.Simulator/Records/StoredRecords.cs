namespace CrmSync.Simulator.Records;

/// <summary>A handful of records held as they are: the children of one record, made for one request.</summary>
internal sealed class StoredRecords(RecordDefinition definition, IReadOnlyList<FieldValue[]> rows) : RecordSource
{
    public override RecordDefinition Definition => definition;

    public override long Version => 0;

    public override int Positions => rows.Count;

    public override int IdAt(int position) => (int)rows[position][0].Integer;

    public override bool Exists(int position) => true;

    public override int LowerBound(long id)
    {
        var position = 0;
        while (position < rows.Count && IdAt(position) < id)
        {
            position++;
        }

        return position;
    }

    public override FieldValue Read(RecordKey key, FieldDefinition field) => rows[key.Position][field.Index];
}
