using System.Text.Json;

namespace CrmSync.Core.Planning;

/// <summary>The names of an enum's values as the serialiser's own converter writes them.</summary>
internal sealed class JsonEnumNames<T>
    where T : struct, Enum
{
    private readonly T[] _values = Enum.GetValues<T>();
    private readonly JsonEncodedText[] _names =
        [.. Enum.GetValues<T>().Select(value => JsonEncodedText.Encode(JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString())))];

    public JsonEncodedText Of(T value) => _names[Array.IndexOf(_values, value)];

    public T Read(ref Utf8JsonReader reader)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i].EncodedUtf8Bytes))
            {
                return _values[i];
            }
        }

        throw new JsonException($"There is no {typeof(T).Name} \"{reader.GetString()}\".");
    }
}
