using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Core.Records;

/// <summary>One line of an opportunity (OP-3).</summary>
public sealed record LineItem
{
    /// <summary>The id of the line on the side it was read from.</summary>
    public required string Id { get; init; }

    /// <summary>The solution it sells, in its side's form; null for a free-text line.</summary>
    public string? Solution { get; init; }

    /// <summary>What it sells, in words.</summary>
    public string? Description { get; init; }

    /// <summary>How many.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>The whole line's revenue, in the opportunity's currency.</summary>
    public decimal Revenue { get; init; }

    /// <summary>The whole line's cost, in the opportunity's currency.</summary>
    public decimal Cost { get; init; }

    /// <summary>How often it is billed ("Monthly"); null for once.</summary>
    public string? BillingCycle { get; init; }

    /// <summary>The canonical text of a list of lines, in the order of their ids; null for none.</summary>
    public static string? Write(IEnumerable<LineItem> lines) => ChildList.Write(lines, line => line.Id, ChildListContext.Default.LineItemArray);

    /// <summary>The lines of a canonical text.</summary>
    public static IReadOnlyList<LineItem> Read(string? text) => ChildList.Read(text, ChildListContext.Default.LineItemArray);
}

/// <summary>One note of an opportunity.</summary>
public sealed record NoteEntry
{
    /// <summary>The id of the note on the side it was read from.</summary>
    public required string Id { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it, as its side names them.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>The canonical text of a list of notes, in the order of their ids; null for none.</summary>
    public static string? Write(IEnumerable<NoteEntry> notes) => ChildList.Write(notes, note => note.Id, ChildListContext.Default.NoteEntryArray);

    /// <summary>The notes of a canonical text.</summary>
    public static IReadOnlyList<NoteEntry> Read(string? text) => ChildList.Read(text, ChildListContext.Default.NoteEntryArray);
}

/// <summary>What the lists below a record have in common: one canonical text, ordered by id.</summary>
internal static class ChildList
{
    public static string? Write<T>(IEnumerable<T> items, Func<T, string> id, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T[]> type)
    {
        // Shorter ids first: "9" before "10", as the numbers they are.
        var ordered = items.OrderBy(item => id(item).Length).ThenBy(id, StringComparer.Ordinal).ToArray();
        return ordered.Length == 0 ? null : JsonSerializer.Serialize(ordered, type);
    }

    public static IReadOnlyList<T> Read<T>(string? text, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T[]> type) =>
        text is null ? [] : JsonSerializer.Deserialize(text, type) ?? [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LineItem[]))]
[JsonSerializable(typeof(NoteEntry[]))]
internal sealed partial class ChildListContext : JsonSerializerContext;
