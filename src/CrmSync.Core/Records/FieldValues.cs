using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrmSync.Core.Records;

/// <summary>
/// The observed fields of one record: key to canonical text. A key that is absent was not observed; null means blank.
/// Keys keep the order in which they were added; a record has few fields, so look-up is a scan. Reading is safe for several threads at once.
/// </summary>
[JsonConverter(typeof(FieldValuesJsonConverter))]
public sealed class FieldValues : IEnumerable<KeyValuePair<string, string?>>
{
    private KeyValuePair<string, string?>[] _items;

    // Behind the field that was found last. Whoever looks up one field after another mostly does so in their order: the scan begins there.
    private int _next;

    /// <summary>Makes an empty set.</summary>
    /// <param name="capacity">How many fields are expected.</param>
    public FieldValues(int capacity = 16) => _items = new KeyValuePair<string, string?>[capacity];

    /// <summary>How many fields were observed.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a field: null where it is blank or was not observed. Setting replaces or adds; "" is stored as null.</summary>
    public string? this[string key]
    {
        get => TryGet(key, out var value) ? value : null;
        set
        {
            value = string.IsNullOrEmpty(value) ? null : value;
            var index = IndexOf(key);
            if (index >= 0)
            {
                _items[index] = new(key, value);
                return;
            }

            Append(key, value);
        }
    }

    /// <summary>Adds a field that is not there yet, without looking for it: for those who build a set from distinct keys.</summary>
    public void Add(string key, string? value) => Append(key, string.IsNullOrEmpty(value) ? null : value);

    /// <summary>Whether the field was observed, and its value.</summary>
    public bool TryGet(string key, out string? value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _items[index].Value : null;
        return index >= 0;
    }

    /// <summary>Whether the field was observed.</summary>
    public bool Has(string key) => IndexOf(key) >= 0;

    /// <summary>A copy without the fields whose keys are named.</summary>
    public FieldValues Without(Func<string, bool> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        var rest = new FieldValues(Count);
        foreach (ref readonly var item in AsSpan())
        {
            if (!named(item.Key))
            {
                rest.Add(item.Key, item.Value);
            }
        }

        return rest;
    }

    /// <summary>A copy that later changes to this set do not touch.</summary>
    public FieldValues Copy()
    {
        // A copy is mostly made to add one to it.
        var copy = new FieldValues(Count + 1) { Count = Count };
        Array.Copy(_items, copy._items, Count);
        return copy;
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _items[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The fields without an enumerator of their own: for hot loops.</summary>
    public ReadOnlySpan<KeyValuePair<string, string?>> AsSpan() => _items.AsSpan(0, Count);

    private void Append(string key, string? value)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        _items[Count++] = new(key, value);
    }

    private int IndexOf(string key)
    {
        var items = AsSpan();
        var next = _next;
        var index = IndexOf(items[next..], key);
        index = index >= 0 ? index + next : IndexOf(items[..next], key);
        if (index >= 0)
        {
            _next = index + 1;
        }

        return index;
    }

    private static int IndexOf(ReadOnlySpan<KeyValuePair<string, string?>> items, string key)
    {
        for (var i = 0; i < items.Length; i++)
        {
            // Ordinal, and mostly settled by the reference or the length, without a call.
            if (items[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Writes field values as a JSON object and reads them back with their order and their nulls.</summary>
public sealed class FieldValuesJsonConverter : JsonConverter<FieldValues>
{
    /// <inheritdoc />
    public override FieldValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Field values are a JSON object of texts and nulls.");
        }

        var values = new FieldValues();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = FieldKeys.Intern(ref reader);
            reader.Read();
            values[key] = reader.TokenType == JsonTokenType.Null ? null : reader.GetString();
        }

        return values;
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, FieldValues value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        foreach (ref readonly var item in value.AsSpan())
        {
            writer.WriteString(item.Key, item.Value);
        }

        writer.WriteEndObject();
    }
}
