using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core.Matching;
using CrmSync.Core.Runs;

namespace CrmSync.Core.Planning;

/// <summary>Parts of a plan, of its results and of its claims as JSON lines.</summary>
public static class JsonLines
{
    // Bytes: a buffer of about the right size at once, where growing would copy megabytes several times.
    private const int UsualLine = 512;

    /// <summary>The bytes of some lines, each ended by "\n".</summary>
    public static ReadOnlyMemory<byte> Write<T>(IReadOnlyCollection<T> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var type = (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)LineContext.Ready.GetTypeInfo(typeof(T))!;
        var buffer = new ArrayBufferWriter<byte>(Math.Max(1, lines.Count) * UsualLine);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = CoreJson.Options.Encoder, SkipValidation = true });
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(writer, line, type);
            writer.Flush();
            writer.Reset();
            buffer.GetSpan(1)[0] = (byte)'\n';
            buffer.Advance(1);
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The lines of bytes that <see cref="Write"/> made.</summary>
    public static IEnumerable<T> Read<T>(ReadOnlyMemory<byte>? content)
    {
        var type = (System.Text.Json.Serialization.Metadata.JsonTypeInfo<T>)LineContext.Ready.GetTypeInfo(typeof(T))!;
        var rest = content ?? ReadOnlyMemory<byte>.Empty;
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? ReadOnlyMemory<byte>.Empty : rest[(end + 1)..];
            if (line.Length > 0)
            {
                yield return JsonSerializer.Deserialize(line.Span, type)!;
            }
        }
    }
}

/// <summary>A decision as a line.</summary>
/// <param name="Id">The ConnectWise record.</param>
/// <param name="Decision">What was decided for it.</param>
public sealed record DecisionLine(Records.ConnectWiseId Id, MatchDecision Decision);

/// <summary>The line shapes, with their serialisers made by the compiler: a plan has a line for every record of an account.</summary>
[JsonSerializable(typeof(PlanLine))]
[JsonSerializable(typeof(RecordLogEntry))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(DecisionLine))]
internal sealed partial class LineContext : JsonSerializerContext
{
    /// <summary>The context under the product's rules for JSON.</summary>
    public static LineContext Ready { get; } = new(MakeOptions());

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions { Encoder = CoreJson.Options.Encoder };
        CoreJson.Apply(options);
        return options;
    }
}
