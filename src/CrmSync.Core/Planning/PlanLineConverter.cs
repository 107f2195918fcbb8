using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core.Runs;
using static CrmSync.Core.JsonMembers;

namespace CrmSync.Core.Planning;

/// <summary>
/// A plan's line, member by member, in the form that the serialiser gives it: a run writes and reads one for every record, and the general way costs
/// as much as the planning. What few lines have is left to the serialiser.
/// </summary>
internal sealed class PlanLineConverter : JsonConverter<PlanLine>
{
    public override PlanLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        RecordLogEntry? entry = null;
        Operation? operation = null;
        while (NextMember(ref reader))
        {
            if (Is(ref reader, "entry"u8))
            {
                entry = LogEntryJson.Read(ref reader, options);
            }
            else if (Is(ref reader, "operation"u8))
            {
                operation = OperationJson.Read(ref reader, options);
            }
            else
            {
                reader.Skip();
            }
        }

        return new PlanLine { Entry = entry ?? throw Missing("entry"), Operation = operation };
    }

    public override void Write(Utf8JsonWriter writer, PlanLine value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("entry"u8);
        LogEntryJson.Write(writer, value.Entry, options);
        if (value.Operation is { } operation)
        {
            writer.WritePropertyName("operation"u8);
            OperationJson.Write(writer, operation, options);
        }

        writer.WriteEndObject();
    }
}
