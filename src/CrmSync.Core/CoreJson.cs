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
        options.Converters.Add(new ValueConverter<ConnectWiseId, long>(id => id.Value, value => new(value)));
        options.Converters.Add(new ValueConverter<CrmId, string>(id => id.Value, value => new(value)));
        options.Converters.Add(new ValueConverter<TenantId, string>(id => id.Value, value => new(value)));
        options.Converters.Add(new ValueConverter<RunId, string>(id => id.Value, value => new(value)));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions { RespectNullableAnnotations = true, AllowOutOfOrderMetadataProperties = true };
        Apply(options);
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class ValueConverter<T, TValue>(Func<T, TValue> value, Func<TValue, T> make) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            make(JsonSerializer.Deserialize<TValue>(ref reader, options) ?? throw new JsonException($"A {typeof(T).Name} cannot be null."));

        public override void Write(Utf8JsonWriter writer, T idValue, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value(idValue), options);
    }
}
