using System.Text.Json;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Records;

/// <summary>
/// Both snapshots of each link as one JSON object. Synchronised sides mostly hold the same, which is written once: a text or null is what both hold;
/// an object holds each side's own value under "p" (ConnectWise) and "c" (CRM), and a side that is left out has no key.
/// </summary>
public sealed class EncodedSnapshots : IDisposable
{
    private const int UsualSize = 512;

    private readonly PooledBuffer _buffer;
    private readonly int[] _ends;

    /// <summary>Encodes the snapshots of some links.</summary>
    public EncodedSnapshots(IReadOnlyList<Link> links)
    {
        ArgumentNullException.ThrowIfNull(links);
        _buffer = new PooledBuffer(links.Count * UsualSize);
        _ends = new int[links.Count];
        using var writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = CoreJson.Options.Encoder, SkipValidation = true });
        for (var i = 0; i < links.Count; i++)
        {
            writer.Reset();
            Write(writer, links[i].ConnectWiseSnapshot, links[i].CrmSnapshot);
            writer.Flush();
            _ends[i] = _buffer.Memory.Length;
        }
    }

    /// <summary>The JSON of a link, by its place; valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> this[int index] => _buffer.Memory[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    private static void Write(Utf8JsonWriter writer, FieldValues connectWise, FieldValues crm)
    {
        writer.WriteStartObject();
        foreach (ref readonly var field in connectWise.AsSpan())
        {
            var onBoth = crm.TryGet(field.Key, out var other);
            if (onBoth && string.Equals(field.Value, other, StringComparison.Ordinal))
            {
                writer.WriteString(field.Key, field.Value);
                continue;
            }

            writer.WriteStartObject(field.Key);
            writer.WriteString("p"u8, field.Value);
            if (onBoth)
            {
                writer.WriteString("c"u8, other);
            }

            writer.WriteEndObject();
        }

        foreach (ref readonly var field in crm.AsSpan())
        {
            if (!connectWise.Has(field.Key))
            {
                writer.WriteStartObject(field.Key);
                writer.WriteString("c"u8, field.Value);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
    }
}
