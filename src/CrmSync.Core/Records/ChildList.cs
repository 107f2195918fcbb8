using System.Text.Json;

namespace CrmSync.Core.Records;

/// <summary>What the lists below a record have in common: one canonical text, ordered by id.</summary>
internal static class ChildList
{
    public static string? Write<T>(IEnumerable<T> items, Func<T, string> id)
    {
        // Shorter ids first: "9" before "10", as the numbers they are.
        var ordered = items.OrderBy(item => id(item).Length).ThenBy(id, StringComparer.Ordinal).ToArray();
        return ordered.Length == 0 ? null : JsonSerializer.Serialize(ordered);
    }

    public static IReadOnlyList<T> Read<T>(string? text) => text is null ? [] : JsonSerializer.Deserialize<T[]>(text) ?? [];
}
