using System.Text.Json;

namespace CrmSync.Core;

/// <summary>What reading and writing objects member by member has in common.</summary>
internal static class JsonMembers
{
    /// <summary>For what can only be an object.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static void Begin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"An object was expected, not {reader.TokenType}.");
        }
    }

    /// <summary>Goes to the next member, from the start of an object or from a member's value; false at the object's end.</summary>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the member at the reader has this name; then the reader goes on to its value.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Writes a member that is left out where it is null.</summary>
    public static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    /// <summary>For an object without what it needs.</summary>
    public static JsonException Missing(string member) => new($"An object lacks its {member}.");
}
