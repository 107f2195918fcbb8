using System.Buffers;
using System.Text.Json;
using CrmSync.Core;
using CrmSync.Core.Ports;
using CrmSync.Core.Records;

namespace CrmSync.Storage.Azure.Links;

/// <summary>
/// Both snapshots of a link as one JSON object. Synchronised sides mostly hold the same, which is written once: a text or null is what both hold;
/// an object holds each side's own value under "p" (ConnectWise) and "c" (CRM), and a side that is left out has no key.
/// </summary>
internal static class LinkSnapshots
{
    public static ReadOnlyMemory<byte> Write(Link link)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = CoreJson.Options.Encoder });
        writer.WriteStartObject();
        foreach (ref readonly var field in link.ConnectWiseSnapshot.AsSpan())
        {
            if (link.CrmSnapshot.TryGet(field.Key, out var other) && string.Equals(field.Value, other, StringComparison.Ordinal))
            {
                writer.WriteString(field.Key, field.Value);
                continue;
            }

            writer.WriteStartObject(field.Key);
            writer.WriteString("p"u8, field.Value);
            if (link.CrmSnapshot.Has(field.Key))
            {
                writer.WriteString("c"u8, other);
            }

            writer.WriteEndObject();
        }

        foreach (ref readonly var field in link.CrmSnapshot.AsSpan())
        {
            if (!link.ConnectWiseSnapshot.Has(field.Key))
            {
                writer.WriteStartObject(field.Key);
                writer.WriteString("c"u8, field.Value);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    public static (FieldValues ConnectWise, FieldValues Crm) Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var (connectWise, crm) = (new FieldValues(), new FieldValues());
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            key = string.IsInterned(key) ?? key;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                connectWise.Add(key, reader.GetString());
                crm.Add(key, reader.GetString());
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
}
