using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CrmSync.Core.Matching;

namespace CrmSync.Core.Planning;

/// <summary>Parts of a plan, of its results and of its claims as JSON lines.</summary>
public static class JsonLines
{
    // Bytes: a buffer of about the right size at once, where growing would copy megabytes several times.
    private const int UsualLine = 512;

    /// <summary>The bytes of some lines, each ended by "\n".</summary>
    public static PooledBuffer Write<T>(IReadOnlyCollection<T> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var type = (JsonTypeInfo<T>)CoreJson.Options.GetTypeInfo(typeof(T));
        var buffer = new PooledBuffer(Math.Max(1, lines.Count) * UsualLine);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = CoreJson.Options.Encoder, SkipValidation = true });
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(writer, line, type);
            writer.Flush();
            writer.Reset();
            buffer.GetSpan(1)[0] = (byte)'\n';
            buffer.Advance(1);
        }

        return buffer;
    }

    /// <summary>The lines of bytes that <see cref="Write"/> made. The bytes are read while the lines are enumerated.</summary>
    public static IEnumerable<T> Read<T>(ReadOnlyMemory<byte> content)
    {
        var type = (JsonTypeInfo<T>)CoreJson.Options.GetTypeInfo(typeof(T));
        while (content.Length > 0)
        {
            var end = content.Span.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? ReadOnlyMemory<byte>.Empty : content[(end + 1)..];
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
