using System.Text.Json;
using System.Text.Json.Serialization;
using static CrmSync.Core.JsonMembers;

namespace CrmSync.Core.Records;

/// <summary>One note of an opportunity.</summary>
[JsonConverter(typeof(Converter))]
public sealed record NoteEntry
{
    /// <summary>The id of the note on the side it was read from.</summary>
    public required string Id { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote it, as its side names them.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>The canonical text of a list of notes, in the order of their ids; null for none.</summary>
    public static string? Write(IEnumerable<NoteEntry> notes) => ChildList.Write(notes, note => note.Id);

    /// <summary>The notes of a canonical text.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static IReadOnlyList<NoteEntry> Read(string? text) => ChildList.Read<NoteEntry>(text);

    // Member by member, as plan lines are: every station reads and writes them.
    private sealed class Converter : JsonConverter<NoteEntry>
    {
        public override bool HandleNull => true;

        public override NoteEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Begin(ref reader);
            (string? id, string? text, string? enteredBy) = (null, null, null);
            while (NextMember(ref reader))
            {
                if (Is(ref reader, "id"u8))
                {
                    id = reader.GetString();
                }
                else if (Is(ref reader, "text"u8))
                {
                    text = reader.GetString();
                }
                else if (Is(ref reader, "enteredBy"u8))
                {
                    enteredBy = reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }

            return new NoteEntry { Id = id ?? throw Missing("id"), Text = text ?? throw Missing("text"), EnteredBy = enteredBy };
        }

        public override void Write(Utf8JsonWriter writer, NoteEntry value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, value.Id);
            writer.WriteString("text"u8, value.Text);
            WriteText(writer, "enteredBy"u8, value.EnteredBy);
            writer.WriteEndObject();
        }
    }
}
