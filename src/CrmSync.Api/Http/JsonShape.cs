using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CrmSync.Api.Http;

/// <summary>One thing that is wrong with a body.</summary>
/// <param name="Pointer">Where, as a JSON pointer; empty for the body itself.</param>
/// <param name="Code">A stable word.</param>
/// <param name="Message">What is wrong. Never repeats a value, which may be a secret.</param>
internal sealed record ShapeProblem(string Pointer, string Code, string Message);

/// <summary>Compares a JSON value with the type it is to become, and says what is wrong by its place rather than by an exception's text.</summary>
internal static class JsonShape
{
    public static IEnumerable<ShapeProblem> Check(JsonElement value, JsonTypeInfo type, string pointer) => type.Kind switch
    {
        JsonTypeInfoKind.Object => value.ValueKind == JsonValueKind.Object ? CheckObject(value, type, pointer) : [Wrong(pointer, "an object")],
        JsonTypeInfoKind.Enumerable => value.ValueKind == JsonValueKind.Array ? CheckItems(value, type, pointer) : [Wrong(pointer, "a list")],
        _ => CheckPlain(value, type, pointer),
    };

    private static IEnumerable<ShapeProblem> CheckObject(JsonElement value, JsonTypeInfo type, string pointer)
    {
        var settable = type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{pointer}/{Escape(member.Name)}";
            if (settable.FirstOrDefault(property => property.Name == member.Name) is not { } property)
            {
                yield return new ShapeProblem(
                    at, "member-unknown", $"There is no member \"{member.Name}\" here; there is {List(settable.Select(known => known.Name))}.");
                continue;
            }

            if (!seen.Add(member.Name))
            {
                yield return new ShapeProblem(at, "member-twice", $"The member \"{member.Name}\" stands here twice.");
            }
            else if (member.Value.ValueKind == JsonValueKind.Null)
            {
                if (!MayBeNull(property))
                {
                    yield return Wrong(at, ExpectedOf(type.Options.GetTypeInfo(property.PropertyType)));
                }
            }
            else
            {
                foreach (var problem in Check(member.Value, type.Options.GetTypeInfo(property.PropertyType), at))
                {
                    yield return problem;
                }
            }
        }

        foreach (var property in settable.Where(property => IsNeeded(property) && !seen.Contains(property.Name)))
        {
            yield return new ShapeProblem($"{pointer}/{property.Name}", "member-missing", $"The member \"{property.Name}\" is missing.");
        }
    }

    private static IEnumerable<ShapeProblem> CheckItems(JsonElement value, JsonTypeInfo type, string pointer)
    {
        var item = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            foreach (var problem in Check(element, item, $"{pointer}/{index}"))
            {
                yield return problem;
            }

            index++;
        }
    }

    private static IEnumerable<ShapeProblem> CheckPlain(JsonElement value, JsonTypeInfo type, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Null && CanRead(value, type))
        {
            yield break;
        }

        yield return Wrong(pointer, ExpectedOf(type));
    }

    private static bool CanRead(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            value.Deserialize(type);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : property.IsSetNullable && property.AssociatedParameter?.IsNullable != false;

    private static bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired || (property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false } && !MayBeNull(property));

    private static ShapeProblem Wrong(string pointer, string expected) =>
        new(pointer, "value-invalid", $"{(pointer.Length == 0 ? "The body" : $"The value at {pointer}")} must be {expected}.");

    private static string ExpectedOf(JsonTypeInfo type)
    {
        var plain = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => "an object",
            JsonTypeInfoKind.Enumerable => "a list",
            _ when plain.IsEnum => $"one of {List(Enum.GetValues(plain).Cast<object>().Select(NameOf))}",
            _ when plain == typeof(string) => "a text",
            _ when plain == typeof(bool) => "true or false",
            _ when plain == typeof(int) || plain == typeof(long) => "a whole number",
            _ => "a value of another kind",
        };

        string NameOf(object value) => JsonSerializer.SerializeToElement(value, plain, type.Options).GetString()!;
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
