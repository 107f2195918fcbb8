namespace CrmSync.Simulator.Records;

/// <summary>Short forms for writing the table of a record's fields.</summary>
internal static class Field
{
    public static FieldDefinition Integer(string name, Func<RecordKey, int?> read) =>
        new(name, FieldKind.Integer, k => read(k) is { } v ? FieldValue.Of(v) : default);

    public static FieldDefinition Number(string name, Func<RecordKey, double?> read) =>
        new(name, FieldKind.Number, k => read(k) is { } v ? FieldValue.Of(v) : default);

    public static FieldDefinition Text(string name, Func<RecordKey, string?> read) => new(name, FieldKind.Text, k => FieldValue.Of(read(k)));

    public static FieldDefinition Choice(string name, string[] allowed, Func<RecordKey, string?> read) =>
        new(name, FieldKind.Text, k => FieldValue.Of(read(k))) { AllowedValues = allowed };

    public static FieldDefinition Flag(string name, Func<RecordKey, bool> read) => new(name, FieldKind.Boolean, k => FieldValue.Of(read(k)));

    public static FieldDefinition Flag(string name, bool constant) => new(name, FieldKind.Boolean, _ => FieldValue.Of(constant));

    /// <summary>A date in whole UTC seconds since 1970.</summary>
    public static FieldDefinition Date(string name, Func<RecordKey, long?> read) =>
        new(name, FieldKind.Date, k => read(k) is { } v ? FieldValue.Date(v) : default);

    public static FieldDefinition Link(string name, string path)
    {
        var template = new LinkTemplate(path);
        return new FieldDefinition(name, FieldKind.Link, k => FieldValue.Link(template, k.Id));
    }

    public static FieldDefinition Reference(string name, FieldDefinition[] members, Func<RecordKey, int?> readId) =>
        new(name, FieldKind.Reference, k => readId(k) is { } id ? FieldValue.Reference(id) : default, members);

    public static FieldDefinition References(string name, FieldDefinition[] members, Func<RecordKey, FieldValue> read) =>
        new(name, FieldKind.Array, read, members) { ElementKind = FieldKind.Reference, IsChild = true };

    public static FieldDefinition Objects(string name, FieldDefinition[] members, Func<RecordKey, FieldValue> read, bool isChild = false) =>
        new(name, FieldKind.Array, read, members) { ElementKind = FieldKind.Object, IsChild = isChild };

    /// <summary>Children with a path of their own: kept with the record, never shown in it.</summary>
    public static FieldDefinition Hidden(string name, FieldKind kind, FieldDefinition[] members, Func<RecordKey, FieldValue> read) =>
        new(name, kind, read, members) { ElementKind = FieldKind.Object, IsChild = true, IsHidden = true };

    public static FieldDefinition Integers(string name) =>
        new(name, FieldKind.Array, _ => FieldValue.Array()) { ElementKind = FieldKind.Integer };

    /// <summary>A member of an inline object, which is stored and never computed.</summary>
    public static FieldDefinition Member(string name, FieldKind kind, params FieldDefinition[] children) => new(name, kind, _ => default, children);
}
