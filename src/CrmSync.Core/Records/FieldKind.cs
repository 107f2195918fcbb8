namespace CrmSync.Core.Records;

/// <summary>What a field holds. A value is kept as canonical text, so that equal values are equal texts on both sides.</summary>
public enum FieldKind
{
    /// <summary>Text on one line, trimmed.</summary>
    Text,

    /// <summary>Text on several lines, ends of lines as "\n", trimmed at the end.</summary>
    LongText,

    /// <summary>A decimal number in invariant form without trailing zeros ("12.5").</summary>
    Number,

    /// <summary>"true" or "false".</summary>
    Boolean,

    /// <summary>A day, "yyyy-MM-dd".</summary>
    Date,

    /// <summary>An instant in UTC with whole seconds, "yyyy-MM-ddTHH:mm:ssZ".</summary>
    DateTime,

    /// <summary>A phone number as its side writes it; compared in E.164 form.</summary>
    Phone,

    /// <summary>An e-mail address; compared without case.</summary>
    Email,

    /// <summary>A web address; compared by host and path.</summary>
    Url,

    /// <summary>One of a list of names.</summary>
    Choice,

    /// <summary>Several values, one a line, in the order of their importance.</summary>
    TextList,

    /// <summary>The id of another record, in its own side's form.</summary>
    Reference,

    /// <summary>Line items of an opportunity, as <see cref="LineItem.Write"/> writes them.</summary>
    LineItems,

    /// <summary>Notes of an opportunity, as <see cref="NoteEntry.Write"/> writes them.</summary>
    Notes,
}

/// <summary>A field that one side offers for a record.</summary>
public sealed record FieldDefinition
{
    /// <summary>The key that mappings and values use; unique within side and entity.</summary>
    public required string Key { get; init; }

    /// <summary>The field's name as its users see it.</summary>
    public required string Label { get; init; }

    /// <summary>What it holds.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>The entity a <see cref="FieldKind.Reference"/> points to.</summary>
    public Entity? References { get; init; }

    /// <summary>Longest text the side accepts; null where it sets no limit.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether the side refuses writes to it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the customer has defined it.</summary>
    public bool Custom { get; init; }

    /// <summary>The names that a <see cref="FieldKind.Choice"/> accepts; empty where any will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
