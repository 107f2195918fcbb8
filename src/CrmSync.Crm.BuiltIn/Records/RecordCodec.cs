using System.Text.Encodings.Web;
using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Records;
using CrmSync.Crm.BuiltIn.Fields;

namespace CrmSync.Crm.BuiltIn.Records;

/// <summary>
/// Writes the fields of many records as JSON objects, blanks left out, in the order of the schema, one behind the other. Not for use by several threads.
/// </summary>
internal sealed class RecordEncoder : IDisposable
{
    /// <summary>Bytes that a record mostly needs.</summary>
    public const int UsualSize = 512;

    private readonly PooledBuffer _buffer;
    private readonly Utf8JsonWriter _writer;

    /// <param name="buffer">Where to write; the caller's.</param>
    public RecordEncoder(PooledBuffer buffer)
    {
        _buffer = buffer;
        _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>The bytes of a record, valid until the next one is encoded.</summary>
    public ReadOnlySpan<byte> Encode(EntitySchema schema, FieldValues fields)
    {
        var start = _buffer.Memory.Length;
        _writer.Reset();
        _writer.WriteStartObject();
        var values = fields.AsSpan();
        for (var i = 0; i < schema.Fields.Length; i++)
        {
            if (values[i].Value is { } value)
            {
                _writer.WriteString(schema.Fields[i].JsonKey, value);
            }
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.Span[start..];
    }

    public void Dispose() => _writer.Dispose();
}

/// <summary>Reads what <see cref="RecordEncoder"/> wrote.</summary>
internal static class RecordDecoder
{
    /// <summary>All fields of the schema in its order; those that are not stored are blank.</summary>
    public static FieldValues Decode(EntitySchema schema, ReadOnlySpan<byte> json)
    {
        var fields = new FieldValues(schema.Fields.Length);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        reader.Read();
        foreach (var field in schema.Fields)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(field.Key))
            {
                reader.Read();
                fields.Add(field.Key, reader.GetString());
                reader.Read();
            }
            else
            {
                fields.Add(field.Key, null);
            }
        }

        // Only when fields have changed their order since the record was written does anything remain.
        while (reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (schema.Find(key) is { } field)
            {
                fields[field.Key] = reader.GetString();
            }

            reader.Read();
        }

        return fields;
    }
}
