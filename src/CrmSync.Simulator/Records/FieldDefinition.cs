using System.Text.Json;

namespace CrmSync.Simulator.Records;

/// <summary>What a field holds, as the specification declares it.</summary>
internal enum FieldKind
{
    Integer,
    Number,
    Text,
    Boolean,
    Date,
    Link,

    /// <summary>Text, number or truth value, as a custom field's <c>value</c>.</summary>
    Any,
    Reference,
    Object,
    Array,
}

/// <summary>One field of a record, of a reference or of an array's element: its name, its kind, and how a generated record's value is found.</summary>
internal sealed class FieldDefinition
{
    public FieldDefinition(string name, FieldKind kind, Func<RecordKey, FieldValue> read, params FieldDefinition[] children)
    {
        Name = name;
        Kind = kind;
        Read = read;
        Children = children;
        Encoded = JsonEncodedText.Encode(name);
        for (var i = 0; i < children.Length; i++)
        {
            children[i].Index = i;
        }
    }

    public string Name { get; }

    public FieldKind Kind { get; }

    public JsonEncodedText Encoded { get; }

    /// <summary>The value of a generated record, or of a keyed object's member. Never called for members of inline objects.</summary>
    public Func<RecordKey, FieldValue> Read { get; }

    /// <summary>Members of the object, or of each of the array's elements; none for an array of scalars.</summary>
    public FieldDefinition[] Children { get; }

    /// <summary>Place among the siblings; a record's values are stored in this order.</summary>
    public int Index { get; set; }

    /// <summary>Never part of an answer: an alias for conditions, or children that have their own path.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Kept by ConnectWise as rows of another table: a change need not touch the record's own <c>lastUpdated</c>.</summary>
    public bool IsChild { get; init; }

    /// <summary>Written as <c>null</c> when empty, where ConnectWise leaves other empty fields out.</summary>
    public bool WritesNull { get; init; }

    /// <summary>For arrays: what an element is.</summary>
    public FieldKind ElementKind { get; init; }

    /// <summary>The names of an enumeration, where the specification has one.</summary>
    public string[]? AllowedValues { get; init; }

    public FieldDefinition? Child(string name) => System.Array.Find(Children, c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads one member of an object value, stored or keyed.</summary>
    public static FieldValue ReadMember(FieldValue parent, FieldDefinition member) => parent.Kind switch
    {
        ValueKind.Inline => parent.Items[member.Index],
        ValueKind.Keyed => member.Read(parent.Key),
        ValueKind.Null or ValueKind.Integer or ValueKind.Number or ValueKind.Text or ValueKind.Boolean or ValueKind.Date
            or ValueKind.Link or ValueKind.Array => FieldValue.Null,
    };
}
