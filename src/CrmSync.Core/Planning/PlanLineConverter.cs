using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core.Records;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Planning;

/// <summary>
/// A plan's line, member by member, in the form that the serialiser gives it: a run writes and reads one for every record, and the general way costs
/// as much as the planning. What few lines have is left to the serialiser.
/// </summary>
internal sealed class PlanLineConverter : JsonConverter<PlanLine>
{
    private static readonly FieldValuesJsonConverter Fields = new();
    private static readonly EnumNames<Entity> Entities = new();
    private static readonly EnumNames<Outcome> Outcomes = new();
    private static readonly EnumNames<OperationKind> Kinds = new();

    public override PlanLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        RecordLogEntry? entry = null;
        Operation? operation = null;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "entry"u8))
            {
                entry = ReadEntry(ref reader, options);
            }
            else if (Is(ref reader, "operation"u8))
            {
                operation = ReadOperation(ref reader, options);
            }
            else
            {
                reader.Skip();
            }
        }

        return new PlanLine { Entry = entry ?? throw new JsonException("A plan's line has an entry."), Operation = operation };
    }

    public override void Write(Utf8JsonWriter writer, PlanLine value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteEntry(writer, value.Entry, options);
        if (value.Operation is { } operation)
        {
            WriteOperation(writer, operation, options);
        }

        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, RecordLogEntry entry, JsonSerializerOptions options)
    {
        writer.WriteStartObject("entry"u8);
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

    private static RecordLogEntry ReadEntry(ref Utf8JsonReader reader, JsonSerializerOptions options)
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

    private static void WriteOperation(Utf8JsonWriter writer, Operation operation, JsonSerializerOptions options)
    {
        writer.WriteStartObject("operation"u8);
        writer.WriteString("kind"u8, Kinds.Of(operation.Kind));
        WriteFields(writer, "write"u8, operation.Write, options);
        WriteFields(writer, "expect"u8, operation.Expect, options);
        WriteText(writer, "joinList"u8, operation.JoinList);
        WriteText(writer, "leaveList"u8, operation.LeaveList);
        if (operation.Picture is { } picture)
        {
            writer.WritePropertyName("picture"u8);
            JsonSerializer.Serialize(writer, picture, options);
        }

        WriteFields(writer, "connectWiseBase"u8, operation.ConnectWiseBase, options);
        WriteFields(writer, "crmBase"u8, operation.CrmBase, options);
        if (operation.Type is { } type)
        {
            writer.WriteNumber("type"u8, type);
        }

        if (operation.ConnectWiseUpdatedAt is { } time)
        {
            writer.WriteString("connectWiseUpdatedAt"u8, time);
        }

        writer.WriteEndObject();
    }

    private static Operation ReadOperation(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        (OperationKind? kind, long? type, DateTimeOffset? updatedAt) = (null, null, null);
        (FieldValues? write, FieldValues? expect, FieldValues? connectWiseBase, FieldValues? crmBase) = (null, null, null, null);
        (string? joinList, string? leaveList, PictureLook? picture) = (null, null, null);
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "kind"u8))
            {
                kind = Kinds.Read(ref reader);
            }
            else if (Is(ref reader, "write"u8))
            {
                write = Fields.Read(ref reader, typeof(FieldValues), options);
            }
            else if (Is(ref reader, "expect"u8))
            {
                expect = Fields.Read(ref reader, typeof(FieldValues), options);
            }
            else if (Is(ref reader, "joinList"u8))
            {
                joinList = reader.GetString();
            }
            else if (Is(ref reader, "leaveList"u8))
            {
                leaveList = reader.GetString();
            }
            else if (Is(ref reader, "picture"u8))
            {
                picture = JsonSerializer.Deserialize<PictureLook>(ref reader, options);
            }
            else if (Is(ref reader, "connectWiseBase"u8))
            {
                connectWiseBase = Fields.Read(ref reader, typeof(FieldValues), options);
            }
            else if (Is(ref reader, "crmBase"u8))
            {
                crmBase = Fields.Read(ref reader, typeof(FieldValues), options);
            }
            else if (Is(ref reader, "type"u8))
            {
                type = reader.GetInt64();
            }
            else if (Is(ref reader, "connectWiseUpdatedAt"u8))
            {
                updatedAt = reader.GetDateTimeOffset();
            }
            else
            {
                reader.Skip();
            }
        }

        return new Operation
        {
            Kind = kind ?? throw Missing("kind"),
            Write = write ?? throw Missing("write"),
            Expect = expect,
            JoinList = joinList,
            LeaveList = leaveList,
            Picture = picture,
            ConnectWiseBase = connectWiseBase,
            CrmBase = crmBase,
            Type = type,
            ConnectWiseUpdatedAt = updatedAt,
        };
    }

    // At the start of an object or behind a member's value; false at the object's end.
    private static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    // Whether the member at the reader has this name; then the reader goes on to its value.
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteFields(Utf8JsonWriter writer, ReadOnlySpan<byte> name, FieldValues? fields, JsonSerializerOptions options)
    {
        if (fields is not null)
        {
            writer.WritePropertyName(name);
            Fields.Write(writer, fields, options);
        }
    }

    private static void WriteSome<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<T> items, JsonSerializerOptions options)
    {
        if (items.Count > 0)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, items, options);
        }
    }

    private static JsonException Missing(string member) => new($"A plan's line lacks its {member}.");

    // As the serialiser's own converter names them.
    private sealed class EnumNames<T>
        where T : struct, Enum
    {
        private readonly T[] _values = Enum.GetValues<T>();
        private readonly JsonEncodedText[] _names =
            [.. Enum.GetValues<T>().Select(value => JsonEncodedText.Encode(JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString())))];

        public JsonEncodedText Of(T value) => _names[Array.IndexOf(_values, value)];

        public T Read(ref Utf8JsonReader reader)
        {
            for (var i = 0; i < _names.Length; i++)
            {
                if (reader.ValueTextEquals(_names[i].EncodedUtf8Bytes))
                {
                    return _values[i];
                }
            }

            throw new JsonException($"There is no {typeof(T).Name} \"{reader.GetString()}\".");
        }
    }
}
