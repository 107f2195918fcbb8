using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Both snapshots of each link as one JSON object. Synchronised sides mostly hold the same, which is written once: a text or null is what both hold;
/// an object holds each side's own value under "p" (ConnectWise) and "c" (CRM), and a side that is left out has no key.
/// </summary>
internal sealed class EncodedSnapshots : IDisposable
{
    private const int UsualSize = 512;

    private readonly PooledBuffer _buffer;
    private readonly int[] _ends;

    public EncodedSnapshots(IReadOnlyList<Link> links)
    {
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

    /// <summary>The JSON of a link, by its place.</summary>
    public ReadOnlySpan<byte> this[int index] => _buffer.Span[(index == 0 ? 0 : _ends[index - 1]).._ends[index]];

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

/// <summary>Reads what <see cref="EncodedSnapshots"/> wrote. Not for use by two threads at once.</summary>
internal sealed class LinkSnapshotReader
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _keys =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public (FieldValues ConnectWise, FieldValues Crm) Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var connectWise = new FieldValues();
        var crm = new FieldValues();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Key(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var value = reader.GetString();
                connectWise.Add(key, value);
                crm.Add(key, value);
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var side = reader.ValueTextEquals("p"u8) ? connectWise : crm;
                reader.Read();
                side.Add(key, reader.GetString());
            }
        }

        return (connectWise, crm);
    }

    // Every link repeats the same few keys; one string for each, and the code's own constant where there is one, which compares fastest.
    private string Key(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[64];
        if (reader.ValueSpan.Length > text.Length)
        {
            return reader.GetString()!;
        }

        text = text[..reader.CopyString(text)];
        if (!_keys.TryGetValue(text, out var key))
        {
            var made = new string(text);
            key = string.IsInterned(made) ?? made;
            _keys[text] = key;
        }

        return key;
    }
}
