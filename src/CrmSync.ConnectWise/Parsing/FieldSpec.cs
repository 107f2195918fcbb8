using CrmSync.Core.Records;

namespace CrmSync.ConnectWise.Parsing;

/// <summary>Which part of a member of ConnectWise's record a field is.</summary>
internal enum FieldPart
{
    /// <summary>The member's own value.</summary>
    Value,

    /// <summary>The id of the record that the member refers to.</summary>
    ReferenceId,

    /// <summary>The name of the record that the member refers to.</summary>
    ReferenceName,

    /// <summary>The name of the first of the records that the member lists.</summary>
    FirstName,

    /// <summary>Made of several members; see <see cref="FieldSpec.Compose"/>.</summary>
    Composed,

    /// <summary>Not in the record itself, but in a list of its own below it.</summary>
    Child,
}

/// <summary>One field that an entity offers, and where in ConnectWise's record it comes from.</summary>
internal sealed record FieldSpec
{
    public required string Key { get; init; }

    public required string Label { get; init; }

    public required FieldKind Kind { get; init; }

    /// <summary>Name of the record's member; empty for composed fields and children.</summary>
    public string Member { get; init; } = "";

    public FieldPart Part { get; init; }

    public Entity? References { get; init; }

    public int? MaxLength { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Whether a text is kept as the site writes it, case, spaces and all (EM-5).</summary>
    public bool Exact { get; init; }

    /// <summary>Members that a composed field needs.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Makes a composed field's canonical text.</summary>
    public Func<RecordParts, string?>? Compose { get; init; }

    /// <summary>What to ask for in <c>fields=</c>.</summary>
    public IEnumerable<string> Asks() => Part switch
    {
        FieldPart.Value or FieldPart.FirstName => [Member],
        FieldPart.ReferenceId => [Member + "/id"],
        FieldPart.ReferenceName => [Member + "/name"],
        FieldPart.Composed => Needs,
        FieldPart.Child => [],
    };

    /// <summary>As the port describes it.</summary>
    public FieldDefinition Describe() => new()
    {
        Key = Key,
        Label = Label,
        Kind = Kind,
        References = References,
        MaxLength = MaxLength,
        ReadOnly = ReadOnly,
    };
}
