using System.Text.Json;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Records;

/// <summary>
/// Both snapshots of each link as one JSON object. Synchronised sides mostly hold the same, which is written once: a text or null is what both hold;
/// an object holds each side's own value under "p" (ConnectWise) and "c" (CRM), and a side that is left out has no key. What was sent and not confirmed
/// stands beside them, under "sp" and "sc".
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
            Write(writer, links[i]);
            writer.Flush();
            _ends[i] = _buffer.Memory.Length;
        }
    }

    /// <summary>The JSON of a link, by its place; valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> this[int index] => _buffer.Memory[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    private static void Write(Utf8JsonWriter writer, Link link)
    {
        writer.WriteStartObject();
        var (connectWise, crm, sent) = (link.ConnectWiseSnapshot, link.CrmSnapshot, link.Sent);
        foreach (ref readonly var field in connectWise.AsSpan())
        {
            var sentToo = sent is not null && (sent.Crm.Has(field.Key) || sent.ConnectWise.Has(field.Key));
            if (!sentToo && crm.TryGet(field.Key, out var other) && string.Equals(field.Value, other, StringComparison.Ordinal))
            {
                writer.WriteString(field.Key, field.Value);
                continue;
            }

            Write(writer, link, field.Key);
        }

        foreach (ref readonly var field in crm.AsSpan())
        {
            if (!connectWise.Has(field.Key))
            {
                Write(writer, link, field.Key);
            }
        }

        foreach (var key in sent is null ? [] : sent.ConnectWise.Concat(sent.Crm).Select(field => field.Key).Distinct())
        {
            if (!connectWise.Has(key) && !crm.Has(key))
            {
                Write(writer, link, key);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Link link, string key)
    {
        writer.WriteStartObject(key);
        Write(writer, "p"u8, link.ConnectWiseSnapshot, key);
        Write(writer, "c"u8, link.CrmSnapshot, key);
        Write(writer, "sp"u8, link.Sent?.ConnectWise, key);
        Write(writer, "sc"u8, link.Sent?.Crm, key);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> side, FieldValues? values, string key)
    {
        if (values is not null && values.TryGet(key, out var value))
        {
            writer.WriteString(side, value);
        }
    }
}
