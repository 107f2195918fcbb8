using System.Text.Json;
using System.Text.Json.Serialization;
using CrmSync.Core.Records;

namespace CrmSync.Core;

/// <summary>How the product writes JSON: camel case, names for enums, ids as plain values, no nulls.</summary>
public static class CoreJson
{
    /// <summary>The options, for every serialiser that speaks with the world.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>A value as JSON on one line.</summary>
    public static string Serialize<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>A value from its JSON.</summary>
    /// <exception cref="JsonException">The text is no such value.</exception>
    public static T Deserialize<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"The text holds no {typeof(T).Name}.");

    /// <summary>Applies the product's rules to other options, such as those of a web host.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new NumberConverter<ConnectWiseId>(id => id.Value, value => new(value)));
        options.Converters.Add(new TextConverter<CrmId>(id => id.Value, value => new(value)));
        options.Converters.Add(new TextConverter<TenantId>(id => id.Value, value => new(value)));
        options.Converters.Add(new TextConverter<RunId>(id => id.Value, value => new(value)));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions { RespectNullableAnnotations = true, AllowOutOfOrderMetadataProperties = true };
        Apply(options);
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class NumberConverter<T>(Func<T, long> value, Func<long, T> make) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? make(number) : throw new JsonException($"A {typeof(T).Name} is a whole number.");

        public override void Write(Utf8JsonWriter writer, T idValue, JsonSerializerOptions options) => writer.WriteNumberValue(value(idValue));
    }

    private sealed class TextConverter<T>(Func<T, string> value, Func<string, T> make) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? make(reader.GetString()!) : throw new JsonException($"A {typeof(T).Name} is a text.");

        public override void Write(Utf8JsonWriter writer, T idValue, JsonSerializerOptions options) => writer.WriteStringValue(value(idValue));
    }
}
