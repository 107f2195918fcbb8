namespace CrmSync.Simulator.Records;

/// <summary>The fields of one kind of record, in the order in which an answer shows them.</summary>
internal sealed class RecordDefinition
{
    private readonly Dictionary<string, FieldDefinition> _byName;

    /// <param name="title">The name in error messages: "Contact 57919 not found".</param>
    /// <param name="fields">The fields; the first is <c>id</c>.</param>
    public RecordDefinition(string title, params FieldDefinition[] fields)
    {
        Title = title;
        Fields = fields;
        _byName = fields.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Index = i;
        }

        Whole = Projection.All(fields);
    }

    public string Title { get; }

    public FieldDefinition[] Fields { get; }

    public FieldDefinition Id => Fields[0];

    /// <summary>What an answer shows when nothing is said about fields.</summary>
    public Projection Whole { get; }

    public FieldDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}
