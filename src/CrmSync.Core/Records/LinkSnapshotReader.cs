using System.Text.Json;
using CrmSync.Core.Ports;

namespace CrmSync.Core.Records;

/// <summary>Reads what <see cref="EncodedSnapshots"/> wrote. Not for use by two threads at once.</summary>
public sealed class LinkSnapshotReader
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _keys =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The snapshots of ConnectWise's side and of the CRM's, and what was sent.</summary>
    public (FieldValues ConnectWise, FieldValues Crm, SentFields? Sent) Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var connectWise = new FieldValues();
        var crm = new FieldValues();
        SentFields? sent = null;
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
                var side = reader.ValueTextEquals("p"u8) ? connectWise : reader.ValueTextEquals("c"u8) ? crm : Sent(ref reader);
                reader.Read();
                side.Add(key, reader.GetString());
            }
        }

        return (connectWise, crm, sent);

        FieldValues Sent(ref Utf8JsonReader reader)
        {
            sent ??= new SentFields(new FieldValues(), new FieldValues());
            return reader.ValueTextEquals("sp"u8) ? sent.ConnectWise : sent.Crm;
        }
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
