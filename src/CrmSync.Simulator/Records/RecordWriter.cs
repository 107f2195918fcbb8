using System.Text.Json;

namespace CrmSync.Simulator.Records;

/// <summary>Writes records as JSON, straight from their definitions: only what is projected is ever computed.</summary>
internal sealed class RecordWriter(Utf8JsonWriter json, byte[] apiRoot)
{
    private readonly byte[] _link = new byte[apiRoot.Length + 256];

    public void Write(RecordSource source, RecordKey key, Projection projection)
    {
        json.WriteStartObject();
        foreach (var (field, members) in projection.Fields)
        {
            WriteMember(field, source.Read(key, field), members);
        }

        json.WriteEndObject();
    }

    /// <summary>ConnectWise's form of a moment: UTC, whole seconds, <c>Z</c>.</summary>
    public static string DateText(long unixSeconds)
    {
        Span<byte> bytes = stackalloc byte[32];
        return System.Text.Encoding.ASCII.GetString(bytes[..FormatDate(unixSeconds, bytes)]);
    }

    private static int FormatDate(long unixSeconds, Span<byte> target)
    {
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime.TryFormat(target, out var written, "s", System.Globalization.CultureInfo.InvariantCulture);
        target[written] = (byte)'Z';
        return written + 1;
    }

    private void WriteMember(FieldDefinition field, FieldValue value, Projection members)
    {
        if (value.IsNull)
        {
            if (field.WritesNull)
            {
                json.WriteNull(field.Encoded);
            }

            return;
        }

        json.WritePropertyName(field.Encoded);
        WriteValue(value, members);
    }

    private void WriteValue(FieldValue value, Projection members)
    {
        switch (value.Kind)
        {
            case ValueKind.Integer:
                json.WriteNumberValue(value.Integer);
                break;
            case ValueKind.Number:
                json.WriteNumberValue(value.Number);
                break;
            case ValueKind.Text:
                json.WriteStringValue(value.Text);
                break;
            case ValueKind.Boolean:
                json.WriteBooleanValue(value.Boolean);
                break;
            case ValueKind.Date:
                WriteDate(value.UnixSeconds);
                break;
            case ValueKind.Link:
                WriteLink(value.LinkTemplate, (int)value.Integer);
                break;
            case ValueKind.Keyed:
            case ValueKind.Inline:
                WriteObject(value, members);
                break;
            case ValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.Items)
                {
                    WriteValue(item, members);
                }

                json.WriteEndArray();
                break;
            case ValueKind.Null:
                json.WriteNullValue();
                break;
        }
    }

    private void WriteObject(FieldValue value, Projection members)
    {
        json.WriteStartObject();
        foreach (var (field, inner) in members.Fields)
        {
            WriteMember(field, FieldDefinition.ReadMember(value, field), inner);
        }

        json.WriteEndObject();
    }

    private void WriteDate(long unixSeconds)
    {
        Span<byte> bytes = stackalloc byte[32];
        json.WriteStringValue(bytes[..FormatDate(unixSeconds, bytes)]);
    }

    private void WriteLink(LinkTemplate template, int id)
    {
        apiRoot.CopyTo(_link, 0);
        var length = apiRoot.Length;
        template.Head.CopyTo(_link, length);
        length += template.Head.Length;
        System.Buffers.Text.Utf8Formatter.TryFormat(id, _link.AsSpan(length), out var digits);
        length += digits;
        template.Tail.CopyTo(_link, length);
        json.WriteStringValue(_link.AsSpan(0, length + template.Tail.Length));
    }
}
