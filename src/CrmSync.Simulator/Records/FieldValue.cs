namespace CrmSync.Simulator.Records;

/// <summary>The shapes a field's value can take inside the simulator.</summary>
internal enum ValueKind : byte
{
    Null,
    Integer,
    Number,
    Text,
    Boolean,
    Date,

    /// <summary>A link in an <c>_info</c> object: written on the host that the request used.</summary>
    Link,

    /// <summary>An object whose members are read by the key of a record: a reference, or <c>_info</c>.</summary>
    Keyed,

    /// <summary>An object whose members are stored beside each other, in the order of their definitions.</summary>
    Inline,

    Array,
}

/// <summary>
/// One value of one field, without boxing for the scalar kinds. Dates are whole UTC seconds, as ConnectWise keeps them.
/// </summary>
internal readonly struct FieldValue
{
    private readonly long _bits;
    private readonly object? _object;

    private FieldValue(ValueKind kind, long bits, object? value)
    {
        Kind = kind;
        _bits = bits;
        _object = value;
    }

    public static FieldValue Null => default;

    public ValueKind Kind { get; }

    public bool IsNull => Kind == ValueKind.Null;

    public long Integer => _bits;

    public double Number => Kind == ValueKind.Integer ? _bits : BitConverter.Int64BitsToDouble(_bits);

    public bool Boolean => _bits != 0;

    public long UnixSeconds => _bits;

    public string Text => (string)_object!;

    public LinkTemplate LinkTemplate => (LinkTemplate)_object!;

    public RecordKey Key => new((int)(_bits >> 32), (int)_bits);

    public FieldValue[] Items => (FieldValue[])_object!;

    public static FieldValue Of(int value) => new(ValueKind.Integer, value, null);

    public static FieldValue Of(double value) => new(ValueKind.Number, BitConverter.DoubleToInt64Bits(value), null);

    public static FieldValue Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0, null);

    public static FieldValue Of(string? value) => value is null ? default : new(ValueKind.Text, 0, value);

    public static FieldValue Date(long unixSeconds) => new(ValueKind.Date, unixSeconds, null);

    public static FieldValue Link(LinkTemplate template, int id) => new(ValueKind.Link, id, template);

    public static FieldValue Keyed(RecordKey key) => new(ValueKind.Keyed, ((long)key.Position << 32) | (uint)key.Id, null);

    public static FieldValue Reference(int id) => Keyed(new RecordKey(RecordKey.Unknown, id));

    public static FieldValue Inline(params FieldValue[] members) => new(ValueKind.Inline, 0, members);

    public static FieldValue Array(params FieldValue[] items) => new(ValueKind.Array, 0, items);
}
