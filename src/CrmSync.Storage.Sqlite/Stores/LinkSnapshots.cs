using System.Buffers;
using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Sqlite;

/// <summary>
/// Both snapshots of a link as one JSON object. Synchronised sides mostly hold the same, which is written once: a text or null is what both hold;
/// an object holds each side's own value under "p" (ConnectWise) and "c" (CRM), and a side that is left out has no key.
/// Not for use by two threads at once.
/// </summary>
internal sealed class LinkSnapshots : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _keys =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public LinkSnapshots() =>
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = CoreJson.Options.Encoder, SkipValidation = true });

    public void Dispose() => _writer.Dispose();

    /// <summary>The JSON, valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(FieldValues connectWise, FieldValues crm)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        foreach (ref readonly var field in connectWise.AsSpan())
        {
            var onBoth = crm.TryGet(field.Key, out var other);
            if (onBoth && string.Equals(field.Value, other, StringComparison.Ordinal))
            {
                _writer.WriteString(field.Key, field.Value);
                continue;
            }

            _writer.WriteStartObject(field.Key);
            _writer.WriteString("p"u8, field.Value);
            if (onBoth)
            {
                _writer.WriteString("c"u8, other);
            }

            _writer.WriteEndObject();
        }

        foreach (ref readonly var field in crm.AsSpan())
        {
            if (!connectWise.Has(field.Key))
            {
                _writer.WriteStartObject(field.Key);
                _writer.WriteString("c"u8, field.Value);
                _writer.WriteEndObject();
            }
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan;
    }

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
