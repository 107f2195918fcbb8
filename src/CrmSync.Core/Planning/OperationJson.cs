using System.Text.Json;
using CrmSync.Core.Records;
using static CrmSync.Core.JsonMembers;

namespace CrmSync.Core.Planning;

/// <summary>The operation of a plan's line as JSON.</summary>
internal static class OperationJson
{
    private static readonly FieldValuesJsonConverter Fields = new();
    private static readonly JsonEnumNames<OperationKind> Kinds = new();

    public static void Write(Utf8JsonWriter writer, Operation operation, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
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

    public static Operation Read(ref Utf8JsonReader reader, JsonSerializerOptions options)
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

    private static void WriteFields(Utf8JsonWriter writer, ReadOnlySpan<byte> name, FieldValues? fields, JsonSerializerOptions options)
    {
        if (fields is not null)
        {
            writer.WritePropertyName(name);
            Fields.Write(writer, fields, options);
        }
    }
}
