using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CrmSync.Core.Records;

/// <summary>What the lists below a record have in common: one canonical text, ordered by id.</summary>
internal static class ChildList
{
    public static string? Write<T>(IEnumerable<T> items, Func<T, string> id, JsonTypeInfo<T[]> type)
    {
        // Shorter ids first: "9" before "10", as the numbers they are.
        var ordered = items.OrderBy(item => id(item).Length).ThenBy(id, StringComparer.Ordinal).ToArray();
        return ordered.Length == 0 ? null : JsonSerializer.Serialize(ordered, type);
    }

    public static IReadOnlyList<T> Read<T>(string? text, JsonTypeInfo<T[]> type) =>
        text is null ? [] : JsonSerializer.Deserialize(text, type) ?? [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LineItem[]))]
[JsonSerializable(typeof(NoteEntry[]))]
internal sealed partial class ChildListContext : JsonSerializerContext;
