using System.Text.Json;

namespace CrmSync.Core.Records;

/// <summary>Reads what <see cref="EncodedSnapshots"/> wrote. Not for use by two threads at once.</summary>
public sealed class LinkSnapshotReader
{
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _keys =
        new Dictionary<string, string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The snapshots of ConnectWise's side and of the CRM's.</summary>
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
