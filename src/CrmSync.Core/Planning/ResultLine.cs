using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Planning;

/// <summary>What of a result is kept. The plan's line stands in the log; a result repeats only what the plan could not know.</summary>
/// <param name="Entry">The result.</param>
[JsonConverter(typeof(Converter))]
internal sealed record ResultLine(RecordLogEntry Entry)
{
    /// <summary>The line of a result; null where it came out as planned.</summary>
    public static ResultLine? Of(RecordLogEntry result, PlanLine line) =>
        result.Outcome == line.Entry.Outcome && result.Crm == line.Entry.Crm && result.Message == line.Entry.Message ? null
        : new(result with { Changes = [], Candidates = [], MatchedBy = null, Message = result.Message == line.Entry.Message ? null : result.Message });

    private sealed class Converter : JsonConverter<ResultLine>
    {
        public override ResultLine Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(LogEntryJson.Read(ref reader, options));

        public override void Write(Utf8JsonWriter writer, ResultLine value, JsonSerializerOptions options) =>
            LogEntryJson.Write(writer, value.Entry, options);
    }
}
