using System.Text.Json;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;
using static CrmSync.Core.JsonMembers;

namespace CrmSync.Core.Planning;

/// <summary>The entry of a plan's line, or of a result, as JSON.</summary>
internal static class LogEntryJson
{
    private static readonly JsonEnumNames<Entity> Entities = new();
    private static readonly JsonEnumNames<Outcome> Outcomes = new();

    public static void Write(Utf8JsonWriter writer, RecordLogEntry entry, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id"u8, entry.Id.Value);
        writer.WriteString("entity"u8, Entities.Of(entry.Entity));
        WriteText(writer, "crm"u8, entry.Crm?.Value);
        writer.WriteString("outcome"u8, Outcomes.Of(entry.Outcome));
        WriteText(writer, "reason"u8, entry.Reason);
        WriteText(writer, "message"u8, entry.Message);
        WriteText(writer, "matchedBy"u8, entry.MatchedBy);
        WriteSome(writer, "changes"u8, entry.Changes, options);
        WriteSome(writer, "candidates"u8, entry.Candidates, options);
        writer.WriteEndObject();
    }

    public static RecordLogEntry Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        (long? id, Entity? entity, Outcome? outcome) = (null, null, null);
        (string? crm, string? reason, string? message, string? matchedBy) = (null, null, null, null);
        (IReadOnlyList<FieldChange> changes, IReadOnlyList<CrmId> candidates) = ([], []);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "id"u8))
            {
                id = reader.GetInt64();
            }
            else if (Is(ref reader, "entity"u8))
            {
                entity = Entities.Read(ref reader);
            }
            else if (Is(ref reader, "crm"u8))
            {
                crm = reader.GetString();
            }
            else if (Is(ref reader, "outcome"u8))
            {
                outcome = Outcomes.Read(ref reader);
            }
            else if (Is(ref reader, "reason"u8))
            {
                reason = reader.GetString();
            }
            else if (Is(ref reader, "message"u8))
            {
                message = reader.GetString();
            }
            else if (Is(ref reader, "matchedBy"u8))
            {
                matchedBy = reader.GetString();
            }
            else if (Is(ref reader, "changes"u8))
            {
                changes = JsonSerializer.Deserialize<IReadOnlyList<FieldChange>>(ref reader, options)!;
            }
            else if (Is(ref reader, "candidates"u8))
            {
                candidates = JsonSerializer.Deserialize<IReadOnlyList<CrmId>>(ref reader, options)!;
            }
            else
            {
                reader.Skip();
            }
        }

        return new RecordLogEntry
        {
            Id = new ConnectWiseId(id ?? throw Missing("id")),
            Entity = entity ?? throw Missing("entity"),
            Outcome = outcome ?? throw Missing("outcome"),
            Crm = crm is null ? null : new CrmId(crm),
            Reason = reason,
            Message = message,
            MatchedBy = matchedBy,
            Changes = changes,
            Candidates = candidates,
        };
    }

    private static void WriteSome<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> items, JsonSerializerOptions options)
    {
        if (items.Count > 0)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, items, options);
        }
    }
}
